import type { z } from 'zod';
import type { PartnerView } from '../../../src-shared/contract/views.ts';
import { Notice } from '../../ui/Notice.tsx';

interface Props {
  readonly partner: z.infer<typeof PartnerView>;
}

/** Whose name a partner's could be taken for (docs/formats/bundle.md K20). Nothing where it is like nobody's. */
export function LooksLike({ partner: { looksLike } }: Props) {
  if (looksLike.length === 0) return null;
  return (
    <Notice tone="warn" title="This name looks like another one.">
      It could be taken for{' '}
      {looksLike.map(({ agency, name, isOurs }, at) => (
        <span key={agency}>
          {at > 0 && ', '}
          <bdi>{name}</bdi>
          {isOurs && ' (ourselves)'}
        </span>
      ))}
      . Make sure, by a channel that you know, that it is another agency before you confirm it.
    </Notice>
  );
}
