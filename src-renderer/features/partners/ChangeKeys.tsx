import { Button, Checkbox, Group, Modal, NumberInput, TextInput } from '@mantine/core';
import { type SyntheticEvent, useState } from 'react';
import type { KeysView } from '../../../src-shared/contract/keys.ts';
import type { KeyId } from '../../../src-shared/domain/ids.ts';
import { useAction } from '../../api/hooks.ts';
import { explain } from '../../strings/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Notice } from '../../ui/Notice.tsx';

interface Props {
  readonly keys: KeysView;
  readonly onClose: () => void;
}

/** What the next version of our keys is to be. */
export function ChangeKeys({ keys, onClose }: Props) {
  const current = keys.versions.at(-1);
  const [newSigning, setNewSigning] = useState(false);
  const [newSealing, setNewSealing] = useState(false);
  const [isRevoked, setIsRevoked] = useState(false);
  const [root, setRoot] = useState<readonly KeyId[]>(own(keys, current?.root));
  const [approving, setApproving] = useState<readonly KeyId[]>(own(keys, current?.approving));
  const [threshold, setThreshold] = useState(Math.min(current?.threshold ?? 1, Math.max(1, root.length)));
  const [releases, setReleases] = useState(keys.releases);
  const [requires, setRequires] = useState(keys.requires);
  const [reason, setReason] = useState('');
  const rotate = useAction('keys.rotate');
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const revoke = newSigning && isRevoked && current !== undefined ? [current.kid] : [];
    const terms = { threshold, releases, requires, reason, revoke };
    rotate.mutate(
      { newSigning, newSealing, root: [...root], approving: [...approving], ...terms },
      { onSuccess: onClose },
    );
  };
  return (
    <Modal opened onClose={onClose} title="Change the keys of this agency" size={620} lockScroll={false}>
      <form className="screen-stack" onSubmit={submit}>
        <Checkbox
          label="A new signing key"
          description="What was signed with the old one stays good."
          checked={newSigning}
          onChange={(event) => setNewSigning(event.currentTarget.checked)}
        />
        {newSigning && (
          <Checkbox
            label="Revoke the old signing key"
            description="Partners accept nothing any more that it signs and that they do not have yet. For a key that somebody else may hold."
            checked={isRevoked}
            onChange={(event) => setIsRevoked(event.currentTarget.checked)}
          />
        )}
        <Checkbox
          label="A new sealing key"
          description="Files sealed to the old card open for another 365 days."
          checked={newSealing}
          onChange={(event) => setNewSealing(event.currentTarget.checked)}
        />
        <fieldset className="key-officers">
          <legend>Officers</legend>
          {keys.officers.length === 0 && (
            <p className="partner-hint">No officer has made a key yet; the agency’s own key stays the root key.</p>
          )}
          {keys.officers.map(({ user, kid }) => (
            <div key={kid} className="key-officer">
              <span>
                <bdi>{user}</bdi> <small dir="ltr">{kid}</small>
              </span>
              <Checkbox
                label="Root key"
                aria-label={`${user}: root key`}
                checked={root.includes(kid)}
                onChange={() => setRoot(toggled(root, kid))}
              />
              <Checkbox
                label="Approves releases"
                aria-label={`${user}: approves releases`}
                checked={approving.includes(kid)}
                onChange={() => setApproving(toggled(approving, kid))}
              />
            </div>
          ))}
        </fieldset>
        <Group gap={12} grow align="start">
          <Whole label="Root keys that must sign" least={1} most={8} value={threshold} onChange={setThreshold} />
          <Whole label="Our releases need approvals" least={0} most={4} value={releases} onChange={setReleases} />
          <Whole label="What we receive needs" least={0} most={4} value={requires} onChange={setRequires} />
        </Group>
        {root.length > 0 && threshold === root.length && (
          <Notice tone="warn" title="Every one of them is needed.">
            If one of these officers forgets the passphrase or leaves, the keys of this agency can never be changed
            again. Make one more officer a root key than has to sign.
          </Notice>
        )}
        <TextInput
          label="Reason"
          withAsterisk
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {rotate.error !== null && <ErrorNotice {...explain(rotate.error)} />}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={rotate.isPending} disabled={reason.trim() === ''}>
            Sign the change
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

interface WholeProps {
  readonly label: string;
  readonly least: number;
  readonly most: number;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

function Whole({ label, least, most, value, onChange }: WholeProps) {
  return (
    <NumberInput
      label={label}
      min={least}
      max={most}
      allowDecimal={false}
      value={value}
      onChange={(next) => onChange(typeof next === 'number' ? next : least)}
    />
  );
}

/** Those keys that officers of this vault hold: the agency's own is never chosen by hand. */
function own(keys: KeysView, listed: readonly { readonly kid: KeyId }[] = []): KeyId[] {
  return listed.map(({ kid }) => kid).filter((kid) => keys.officers.some((officer) => officer.kid === kid));
}

function toggled(kids: readonly KeyId[], kid: KeyId): readonly KeyId[] {
  return kids.includes(kid) ? kids.filter((each) => each !== kid) : [...kids, kid];
}
