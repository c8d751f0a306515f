import { Anchor, Button } from '@mantine/core';
import { UnlockCard } from './UnlockCard.tsx';

interface Props {
  readonly onCreate: () => void;
  readonly onRestore: () => void;
  readonly onOpenSample: () => void;
}

/** There is no vault on this machine yet: what one is, and two ways to begin. */
export function FirstRun({ onCreate, onRestore, onOpenSample }: Props) {
  return (
    <UnlockCard
      title="Welcome to Chirograph"
      isWide
      footer={
        <Anchor component="button" type="button" onClick={onRestore}>
          Restore from backup…
        </Anchor>
      }
    >
      <p className="unlock-lead">
        Chirograph keeps what your agency knows about trafficking networks in an encrypted vault on this machine, and
        passes signed parts of it to partner agencies as files. Nothing leaves that was not shown first; nothing enters
        that was not proved and reviewed.
      </p>
      <div className="first-run">
        <div>
          <h2>Start working</h2>
          <p>A vault of your own, for your agency. You choose its passphrase and print its recovery key.</p>
          <Button onClick={onCreate}>Create a vault</Button>
        </div>
        <div>
          <h2>Look around first</h2>
          <p>Operation Lantern is an invented case in a throw-away vault. None of its people or agencies exist.</p>
          <Button variant="default" onClick={onOpenSample}>
            Open the sample case
          </Button>
        </div>
      </div>
    </UnlockCard>
  );
}
