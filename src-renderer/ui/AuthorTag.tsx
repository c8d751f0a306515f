import { IconHome, IconShieldCheck } from '@tabler/icons-react';
import { Tag } from './Tag.tsx';

interface Props {
  readonly name: string;
  readonly isOurs: boolean;
}

/** Whose statement it is: ours or a partner's. */
export function AuthorTag({ name, isOurs }: Props) {
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
