import { IconHome, IconShieldCheck, IconUserQuestion } from '@tabler/icons-react';
import { Tag } from './Tag.tsx';

interface Props {
  readonly name: string;
  readonly isOurs: boolean;
  /** The signature fits, but whose keys they are is somebody else's word (bundle.md B21). */
  readonly isVouched?: boolean;
}

/** Whose statement it is: ours or a partner's. */
export function AuthorTag({ name, isOurs, isVouched = false }: Props) {
  if (isVouched && !isOurs) {
    return (
      <Tag tone="warning" icon={<IconUserQuestion size={12} aria-hidden />} title={`Known only as ${name}`}>
        {name}
      </Tag>
    );
  }
  return isOurs ? (
    <Tag icon={<IconHome size={12} aria-hidden />} title={`${name}, our own agency`}>
      {name}
    </Tag>
  ) : (
    <Tag tone="good" icon={<IconShieldCheck size={12} aria-hidden />} title={`Signed by ${name}`}>
      {name}
    </Tag>
  );
}
