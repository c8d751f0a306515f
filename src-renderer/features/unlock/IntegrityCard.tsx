import { Anchor, Button } from '@mantine/core';
import type { Input } from '../../../src-shared/contract/methods.ts';
import type { VaultStatus } from '../../../src-shared/contract/views.ts';
import { useAction } from '../../api/hooks.ts';
import { type Explanation, explain } from '../../strings/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { UnlockCard } from './UnlockCard.tsx';
import { canAccept, canOpenForReading, canRestore, integrityTitle } from './integrity.ts';

interface Props {
  /** Why the vault was not opened. */
  readonly refused: Explanation;
  /** What was typed, for the other ways in. */
  readonly opening: Omit<Input<'vault.accept'>, 'how'>;
  readonly isOfficer: boolean;
  readonly onOpened: (status: VaultStatus) => void;
  readonly onRestore: () => void;
  readonly onBack: () => void;
}

/** A vault that is not what was written: what happened, and each way on with what it costs. Nothing is decided for the person. */
export function IntegrityCard({ refused, opening, isOfficer, onOpened, onRestore, onBack }: Props) {
  const accept = useAction('vault.accept');
  const open = (how: 'for-reading' | 'as-it-is') => accept.mutate({ ...opening, how }, { onSuccess: onOpened });
  return (
    <UnlockCard
      title={integrityTitle(refused.code)}
      isWide
      footer={
        <Anchor component="button" type="button" onClick={onBack}>
          Back
        </Anchor>
      }
    >
      <ErrorNotice {...refused} />
      <ul className="integrity-ways">
        {canRestore(refused.code) && (
          <li>
            <div>
              <b>Restore from a backup</b>
              <p>A new vault, as it was when the backup was made. This one stays where it is.</p>
            </div>
            <Button onClick={onRestore}>Restore…</Button>
          </li>
        )}
        {canOpenForReading(refused.code) && (
          <li>
            <div>
              <b>Open it for reading</b>
              <p>
                Look, search, and save all that can be read as a sealed file (Partners, Vault &amp; users, Salvage); a
                vault of an older version can only be saved. Nothing can be changed, and nothing is.
              </p>
            </div>
            <Button variant="default" loading={accept.isPending} onClick={() => open('for-reading')}>
              Open for reading
            </Button>
          </li>
        )}
        {canAccept(refused.code) && (
          <li>
            <div>
              <b>Accept it as it is</b>
              <p>
                {isOfficer
                  ? 'Work goes on from this state. What is missing stays missing, and partners may already have had it. The audit log keeps that you accepted it.'
                  : 'Only an exchange officer can decide this.'}
              </p>
            </div>
            <Button
              variant="outline"
              color="red"
              disabled={!isOfficer}
              loading={accept.isPending}
              onClick={() => open('as-it-is')}
            >
              Accept as it is
            </Button>
          </li>
        )}
      </ul>
      {accept.error !== null && <ErrorNotice {...explain(accept.error)} />}
    </UnlockCard>
  );
}
