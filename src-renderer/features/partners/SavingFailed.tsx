import type { Refusal } from '../../api/refusal.ts';
import { explain } from '../../strings/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Notice } from '../../ui/Notice.tsx';

/** Why a file about the vault was not saved: what the vault process refused, or that the file itself could not be written. */
export function SavingFailed({ refusal }: { readonly refusal: Refusal | undefined }) {
  if (refusal !== undefined) return <ErrorNotice {...explain(refusal)} />;
  return (
    <Notice tone="crit" title="The file could not be written.">
      Your vault is as it was. Check the place where it should be saved, and try again.
    </Notice>
  );
}
