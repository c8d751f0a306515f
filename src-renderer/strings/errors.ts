import type { ErrorCode, ErrorDetails, WireError } from '../../src-shared/errors.ts';
import { formatInstant, formatSize } from './format.ts';
import { ruleText } from './rules.ts';

/** What a person is told: what happened, in what state their data is, and what to do next. */
export interface ErrorText {
  readonly what: string;
  readonly state: string;
  readonly next: string;
}

const UNCHANGED = 'Nothing was changed.';
const NOTHING_RECEIVED = 'Nothing was received and nothing in your vault was changed.';
const NOTHING_IMPORTED = 'Nothing was imported.';
const NOTHING_RESTORED = 'Nothing was restored and no vault was made.';
const NOT_OPENED = 'The vault was not opened and nothing in it was changed.';
const SAFE = 'What was saved before is safe.';

const UNDO_BLOCKED: { readonly [R in ErrorDetails['batch.not-undoable']['reason']]: string } = {
  released: 'some of its records were released to a partner',
  attested: 'some of its records were already signed for release',
  'built-on': 'later records of ours build on what it brought',
  received: 'an earlier version of this program received it and did not note what it would take',
  repeated: 'a bundle that was applied later brought its records again, so that one must be taken back first',
  extended: 'later files added to its records',
  erased: 'some of its records were erased since',
  undone: 'it was undone already',
};

/** A sentence for every code; TypeScript refuses a code without one. */
/** A file of ours that was given to the wrong place. */
export type OtherKind = ErrorDetails['file.other-kind']['kind'];

const OTHER_KINDS: { readonly [K in OtherKind]: Pick<ErrorText, 'what' | 'next'> } = {
  backup: {
    what: 'This is a backup of a vault, not a file from a partner.',
    next: 'Restore it on the first screen, where vaults are unlocked, or with “chirograph vault restore”.',
  },
  bundle: {
    what: 'This is a bundle or a receipt from a partner, not a comparison file.',
    next: 'Open it under Receive.',
  },
  card: {
    what: 'This is a partner card: it says who somebody is, and holds no records.',
    next: 'Add it under Partners, and compare the twelve words.',
  },
  comparison: {
    what: 'This is a comparison file, not a bundle: it holds no records.',
    next: 'Open the case that it is about, choose Compare with a partner, and open it there.',
  },
  salvage: {
    what: 'This is a salvage file of a vault, not a file from a partner.',
    next: 'Make a new vault of it with “chirograph vault from-salvage”.',
  },
};

export const errorText: { readonly [C in ErrorCode]: (details: ErrorDetails[C]) => ErrorText } = {
  'backup.damaged': () => ({
    what: 'This backup is damaged, cut short or was changed after it was made.',
    state: NOTHING_RESTORED,
    next: 'Try another copy of it, or an earlier backup.',
  }),
  'backup.disturbed': () => ({
    what: 'The store was rewritten while the backup was being made.',
    state: 'Your vault is whole; the unfinished backup file cannot be used.',
    next: 'Delete the unfinished file and start the backup again when no import is running.',
  }),
  'backup.malformed': () => ({
    what: 'This file is not a backup of a vault.',
    state: NOTHING_RESTORED,
    next: 'Choose a file whose name ends in .chirovault.',
  }),
  'backup.newer-version': (d) => ({
    what: `This backup was made by a newer Chirograph (version ${d.found}; this program reads up to ${d.supported}).`,
    state: NOTHING_RESTORED,
    next: 'Update Chirograph, then restore again.',
  }),
  'backup.no-transfer': () => ({
    what: 'This backup or restore was ended before.',
    state: UNCHANGED,
    next: 'Start it again.',
  }),
  'backup.too-many-files': (d) => ({
    what: `This vault has ${d.found} files; a backup holds up to ${d.supported}.`,
    state: 'No backup was made. Your vault is whole.',
    next: 'Lock the vault and copy its whole folder instead.',
  }),
  'approval.already-given': () => ({
    what: 'You have already said yes or no to this release.',
    state: UNCHANGED,
    next: 'Another officer has to approve it, with a passphrase and a key of their own.',
  }),
  'approval.not-waiting': () => ({
    what: 'This release does not wait for approval any more.',
    state: UNCHANGED,
    next: 'Look at the list again: it was sealed, declined or withdrawn.',
  }),
  'approval.not-yours': () => ({
    what: 'Your key is not among those that may approve releases of this agency.',
    state: UNCHANGED,
    next: 'Open Partners, then Keys: make your own key if you have none, and have it put among the approving keys.',
  }),
  'approval.own-request': () => ({
    what: 'Somebody other than the one who asked has to approve this release.',
    state: UNCHANGED,
    next: 'Ask another exchange officer to unlock the vault with their own passphrase.',
  }),
  'approval.too-few': (d) => ({
    what: `This release has ${d.found} of the ${d.required} approvals that it needs.`,
    state: 'Nothing was sealed.',
    next: 'Ask for approval; another exchange officer finds it in the list of releases that wait.',
  }),
  'attachment.damaged': (d) => ({
    what: `The stored copy of this evidence file is damaged (rule ${d.rule}). Nothing of the damaged part was handed out.`,
    state: 'The record of the file and who had it are whole.',
    next: 'Add the same file again from where it came: it takes the place of the damaged copy. Or restore a backup.',
  }),
  'attachment.missing': () => ({
    what: 'The vault has the record of this evidence file, but not the file.',
    state: 'The record of the file and who had it are whole.',
    next: 'Add the same file again from where it came, or restore a backup.',
  }),
  'attachment.no-transfer': () => ({
    what: 'This transfer of a file is over: it was finished, cancelled, or broken off when the vault was locked.',
    state: UNCHANGED,
    next: 'Start it again.',
  }),
  'attachment.stays': (d) => ({
    what: `The file does not leave the vault: ${d.rules.map(ruleText).join(' ')}`,
    state: UNCHANGED,
    next: 'Look at it here, or have its label, codes or review date changed by whoever set them.',
  }),
  'attachment.too-large': (d) => ({
    what: `The file has ${d.size} bytes; a vault takes evidence files of up to ${d.limit} bytes (2 GiB).`,
    state: UNCHANGED,
    next: 'Split the file, or keep it elsewhere and say where in a note.',
  }),
  'attachment.too-many-transfers': (d) => ({
    what: `${d.limit} files are being added or exported already.`,
    state: UNCHANGED,
    next: 'Wait until one is through, or cancel one.',
  }),
  'attachment.wrong-size': (d) => ({
    what: `The file has ${d.found} bytes, but ${d.expected} were announced. It may have changed while it was read.`,
    state: UNCHANGED,
    next: 'Make sure that no other program writes to the file, and add it again.',
  }),
  'batch.not-undoable': (d) => ({
    what: `This change cannot be undone: ${UNDO_BLOCKED[d.reason]}.`,
    state: UNCHANGED,
    next: 'Use Retract on the records instead; a retraction also reaches those who received them.',
  }),
  'bundle.bad-approval': (d) => ({
    what: `An approval in this file is not by an officer of agency ${short(d.agency)} whose key we know, or not of these contents.`,
    state: NOTHING_RECEIVED,
    next: 'Ask the agency whether its officers’ keys have changed; add its newer card under Partners, then receive the file again.',
  }),
  'bundle.bad-signature': (d) => ({
    what: `The signature of this file does not match the confirmed key of agency ${short(d.agency)}.`,
    state: NOTHING_RECEIVED,
    next: 'Do not use the file. Ask the sender by another channel whether they sent it.',
  }),
  'bundle.damaged': (d) => ({
    what: `This file was changed or cut off after it was sealed (rule ${d.rule}).`,
    state: NOTHING_RECEIVED,
    next: 'Ask the sender for a new copy, brought the same way or another.',
  }),
  'bundle.expired': (d) => ({
    what: `This file was valid until ${d.notAfter} only.`,
    state: NOTHING_RECEIVED,
    next: 'Ask the sender to release it again.',
  }),
  'bundle.malformed': (d) => ({
    what: `This is not a Chirograph file as its format demands (rule ${d.rule}).`,
    state: NOTHING_RECEIVED,
    next: 'Ask the sender for a new copy, brought the same way or another.',
  }),
  'bundle.newer-version': (d) => ({
    what: `This file is of format version ${d.found}; this program reads up to version ${d.supported}.`,
    state: NOTHING_RECEIVED,
    next: 'Update Chirograph, or ask the sender for an older format.',
  }),
  'bundle.not-for-us': () => ({
    what: 'This file was not sealed for this agency.',
    state: NOTHING_RECEIVED,
    next: 'Ask the sender whether it was meant for you; they may have an old card of yours.',
  }),
  'bundle.revoked-signer': (d) => ({
    what: `This file comes from agency ${short(d.agency)}, whose keys were revoked here.`,
    state: NOTHING_RECEIVED,
    next: 'Ask the agency for a new card and compare its twelve words before you receive anything.',
  }),
  'bundle.too-few-approvals': (d) => ({
    what: `This file has ${d.found} of the ${d.required} approvals that we require of agency ${short(d.agency)}.`,
    state: NOTHING_RECEIVED,
    next: 'Ask the agency to have the release approved by its officers and to send it again, or require fewer under Partners.',
  }),
  'bundle.too-large': (d) => ({
    what: `This file is larger than Chirograph accepts (rule ${d.rule}, limit ${d.limit}).`,
    state: NOTHING_RECEIVED,
    next: 'Ask the sender to release it in smaller parts.',
  }),
  'bundle.unconfirmed-signer': (d) => ({
    what: `The keys of agency ${short(d.agency)} are not confirmed yet.`,
    state: NOTHING_RECEIVED,
    next: 'Open Partners, compare the twelve words with a person there, then receive the file again.',
  }),
  'bundle.unknown-signer': (d) => ({
    what: `We have no card of the agency that made this file (${short(d.agency)}).`,
    state: NOTHING_RECEIVED,
    next: 'Ask the agency for its card, add it under Partners, compare the twelve words, then receive the file again.',
  }),
  'bundle.unproven-record': (d) => ({
    what: `A record in this file is not covered by its author’s signature (rule ${d.rule}).`,
    state: NOTHING_RECEIVED,
    next: 'Do not use the file. Tell the sender; the whole file is refused.',
  }),
  'bundle.unusable-recipient': (d) => ({
    what: `The sealing key on a recipient’s card cannot be used (number ${d.index + 1} in the list).`,
    state: 'Nothing was sealed.',
    next: 'Ask that partner for a new card.',
  }),
  'card.bad-signature': () => ({
    what: 'This card is not signed by its own key: it was altered or damaged.',
    state: UNCHANGED,
    next: 'Ask the partner for the card again, by another channel.',
  }),
  'card.chain-broken': (d) => ({
    what: `The change to version ${d.version} of the keys on this card is not signed by enough of the keys before and after it.`,
    state: UNCHANGED,
    next: 'Do not use this card. Ask the partner for it again, by another channel.',
  }),
  'card.malformed': (d) => ({
    what: `This file is not a partner card (rule ${d.rule}).`,
    state: UNCHANGED,
    next: 'Ask the partner for the file that Partners → “Save our card” makes.',
  }),
  'card.newer-version': (d) => ({
    what: `This card is of version ${d.found}; this program reads up to version ${d.supported}.`,
    state: UNCHANGED,
    next: 'Update Chirograph, or ask the partner for an older card.',
  }),
  'card.rolled-back': (d) => ({
    what: `This card is older (key version ${d.found}) than the one that we have (version ${d.held}).`,
    state: UNCHANGED,
    next: 'Nothing needs to be done if it is an old copy. If the partner says that it is new, compare the twelve words by another channel.',
  }),
  'card.weak-key': () => ({
    what: 'The key on this card is of a kind that proves nothing.',
    state: UNCHANGED,
    next: 'Do not trust this card. Tell the partner by another channel.',
  }),
  'compare.last-file': () => ({
    what: 'This is the last file of a comparison: there is nothing to answer.',
    state: 'Nothing was made and nothing was changed.',
    next: 'Go through its list. To compare again, begin a new comparison.',
  }),
  'compare.malformed': (d) => ({
    what: `This comparison file is not as its format demands (rule ${d.rule}).`,
    state: 'Nothing was changed.',
    next: 'Ask the partner for a new one, brought the same way or another.',
  }),
  'compare.newer-version': (d) => ({
    what: `This comparison file is of version ${d.found}; this program reads up to version ${d.supported}.`,
    state: 'Nothing was changed.',
    next: 'Update Chirograph, or compare the twelve words.',
  }),
  'compare.not-a-comparison': () => ({
    what: 'This file was sealed for us, but it is not a comparison file.',
    state: 'Nothing was changed.',
    next: 'Bundles and receipts are opened under Receive. Comparison files end in .chirocompare.',
  }),
  'compare.other-case': () => ({
    what: 'This comparison file is about another case.',
    state: 'Nothing was changed.',
    next: 'Open the case that the partner compares with you, and open the file there.',
  }),
  'entity.invalid-claim': (d) => ({
    what: `The value of “${d.property}” is not one that can be stored (${d.rule}).`,
    state: UNCHANGED,
    next: 'Correct the value. What the source wrote can always go into a note.',
  }),
  'file.cannot-read': (d) => ({
    what: `The file cannot be read (${d.reason}).`,
    state: UNCHANGED,
    next: 'Check that it is there and that you may read it.',
  }),
  'file.cannot-write': (d) => ({
    what: `The file cannot be written (${d.reason}).`,
    state: UNCHANGED,
    next: 'Check the folder, its permissions and the space on the disk.',
  }),
  'file.other-kind': (d) => ({
    what: OTHER_KINDS[d.kind].what,
    state: 'Nothing was changed.',
    next: OTHER_KINDS[d.kind].next,
  }),
  'host.no-session': () => ({
    what: 'This window is not connected to Chirograph any more.',
    state: SAFE,
    next: 'Close this window and open it again from the address or the program that started it.',
  }),
  'host.unreachable': () => ({
    what: 'Chirograph does not answer; its program may have ended.',
    state: SAFE,
    next: 'Start Chirograph again, then unlock.',
  }),
  'host.vault-ended': () => ({
    what: 'The vault was locked while this was going on.',
    state: 'The last step was not carried out; what was saved before is safe.',
    next: 'Unlock the vault and do it again.',
  }),
  'import.nothing-found': () => ({
    what: 'No entities or links were found in this file.',
    state: NOTHING_IMPORTED,
    next: 'Check that it is the right file, and that it has a header or columns for two ends.',
  }),
  'import.too-large': (d) => ({
    what: `This file is larger than an import takes (limit ${d.limit}).`,
    state: NOTHING_IMPORTED,
    next: 'Split it into smaller files.',
  }),
  'import.unknown-format': () => ({
    what: 'This file is neither CSV nor GraphML.',
    state: NOTHING_IMPORTED,
    next: 'Export it again as CSV or GraphML from the program it comes from.',
  }),
  'import.unreadable': (d) => ({
    what: `This file cannot be read beyond line ${d.line} (rule ${d.rule}).`,
    state: NOTHING_IMPORTED,
    next: 'Correct the file there, or export it again from the program it comes from.',
  }),
  'internal': (d) => ({
    what: 'Something failed inside Chirograph.',
    state: 'The last step was not carried out; what was saved before is safe.',
    next: `Try again. If it happens again, give incident ${d.incident} to your support; the details are in the local log only.`,
  }),
  'json.malformed': (d) => ({
    what: `The data in this file is not written in the one form that can be signed (rule ${d.rule}).`,
    state: UNCHANGED,
    next: 'Ask the sender for a new copy, brought the same way or another.',
  }),
  'keys.already-signed': () => ({
    what: 'You have signed this change of keys already.',
    state: UNCHANGED,
    next: 'The officers who are still missing sign it in their own sessions.',
  }),
  'keys.cannot-sign': () => ({
    what: 'None of the keys that you hold counts for this change.',
    state: UNCHANGED,
    next: 'An officer whose key is among the root keys, before or after the change, has to sign it.',
  }),
  'keys.invalid': (d) => ({
    what: `These keys cannot be put together in that way (rule ${d.rule}).`,
    state: UNCHANGED,
    next: 'Check how many officers have to sign, and that each of them has a key of their own.',
  }),
  'keys.no-own-key': () => ({
    what: 'You have no key of your own in this vault.',
    state: UNCHANGED,
    next: 'Unlock with your own passphrase, open Partners, then Keys, and make one.',
  }),
  'keys.no-proposal': () => ({
    what: 'There is no such change of keys to sign.',
    state: UNCHANGED,
    next: 'Look at the keys again: it was completed, discarded or replaced by another one.',
  }),
  'keys.proposal-waits': () => ({
    what: 'A change of keys waits for signatures already.',
    state: UNCHANGED,
    next: 'Sign it or discard it before you propose another one.',
  }),
  'link.unknown-end': (d) => ({
    what: `The link’s ${d.end === 'from' ? 'first' : 'second'} end is not in this vault.`,
    state: UNCHANGED,
    next: 'Add the entity first, then the link.',
  }),
  'name.ambiguous': (d) => ({
    what: `${d.matches} ${d.what === 'case' ? 'cases' : 'partners'} have this name.`,
    state: UNCHANGED,
    next: 'Use the id instead of the name.',
  }),
  'partner.code-differs': () => ({
    what: 'This code is not of the card that we hold of this agency.',
    state: UNCHANGED,
    next: 'Do not confirm. Ask the agency, by another channel, for its newest card, and compare again.',
  }),
  'partner.forked-card': (d) => ({
    what: `This card and the one that we hold tell two different histories of the agency’s keys (version ${d.version}). Somebody holds keys that they should not.`,
    state:
      'The new card was kept as evidence and is not used. Nothing is exchanged with this agency until it is confirmed again.',
    next: 'Call the agency by a channel that you trusted before, and compare the twelve words.',
  }),
  'partner.not-confirmed': (d) => ({
    what: `The keys of agency ${short(d.agency)} are not confirmed.`,
    state: UNCHANGED,
    next: 'Open Partners and compare the twelve words with a person there.',
  }),
  'partner.ourselves': () => ({
    what: 'This is our own card.',
    state: UNCHANGED,
    next: 'Give it to the partner, and add the card they give to you.',
  }),
  'partner.sample': () => ({
    what: 'Sample agencies and real ones do not exchange: the sample case is invented.',
    state: UNCHANGED,
    next: 'Use a real vault for a real partner.',
  }),
  'partner.words-differ': () => ({
    what: 'The words you typed are not the twelve words of these two cards.',
    state: 'The partner stays unconfirmed.',
    next: 'Compare them again. If they still differ, do not use this card and ask the partner for a new one by another channel.',
  }),
  'permission.covers-nothing': () => ({
    what: 'Nothing of this is your agency’s own word.',
    state: 'No permission was given.',
    next: 'Choose a case or a subject about which your agency has records. What other agencies said, only they can let go on.',
  }),
  'receive.fast-forward': (d) => ({
    what: `This file says that it is number ${d.sequence} of epoch ${d.epoch}, far beyond anything that this sender can have reached.`,
    state: 'Nothing was received, and nothing was learned from it: the next file in order is as welcome as before.',
    next: 'Ask the sender, by a channel you trust, whether this file is theirs. Somebody may be using a stolen key.',
  }),
  'receive.fork': (d) => ({
    what: `File ${d.sequence} contradicts another file from this sender: two different files have one place in its stream, both signed.`,
    state: 'Nothing was received. Both are kept as evidence.',
    next: 'See Streams for the two files and what proves them. Ask the sender which one is right; the other was not meant for you or was made by someone else.',
  }),
  'receive.lost-release': (d) => ({
    what: `This is a receipt for bundle ${d.sequence}, which this vault does not know: it was released after the backup from which this vault was restored.`,
    state: 'Nothing was changed. The partner holds what was in that bundle, and your ledger does not say so.',
    next: 'Ask the partner for the bundle itself, or release the case again so that your ledger is complete.',
  }),
  'receive.new-epoch': (d) => ({
    what: `This file begins epoch ${d.epoch} of its sender: the sender’s store was restored, or somebody else works with its key.`,
    state: 'It waits in quarantine. Nothing was added.',
    next: 'Ask the sender, by a channel you trust, whether they restored their store. Then agree to the new epoch in the review.',
  }),
  'receive.plan-changed': () => ({
    what: 'Your store has changed since this review was made, so some items stand differently now.',
    state: NOTHING_RECEIVED,
    next: 'Look at the review again, as it is now, and apply it.',
  }),
  'receive.unknown-item': () => ({
    what: 'The review names an item that is not in this file.',
    state: NOTHING_RECEIVED,
    next: 'Open the file’s review again.',
  }),
  'receive.unknown-receipt': () => ({
    what: 'This partner has signed a receipt for a file that this vault never sent. Your own store may be older than what this partner has seen, or somebody else signs in your name.',
    state: 'It was not entered. It is kept as evidence and shown under Streams.',
    next: 'Ask the partner which file they confirm. If this vault was put back to an older copy, restore it properly so that it begins a new epoch; if not, treat your keys as stolen.',
  }),
  'record.malformed': (d) => ({
    what: `A record is not as its format demands (rule ${d.rule}).`,
    state: UNCHANGED,
    next: 'If it came in a file, ask the sender for a new copy. If you entered it, check the fields.',
  }),
  'record.newer-version': (d) => ({
    what: `A record is of version ${d.found}; this program reads up to version ${d.supported}.`,
    state: UNCHANGED,
    next: 'Update Chirograph and try again.',
  }),
  'record.not-ours': () => ({
    what: 'This record was made by another agency.',
    state: UNCHANGED,
    next: 'Only its author can change or withdraw it. You can state your own beside it.',
  }),
  'release.changed-since-preview': () => ({
    what: 'The case changed after the preview was made.',
    state: 'Nothing was sealed.',
    next: 'Look at the new preview; it shows exactly what would leave now.',
  }),
  'release.stopped': (d) => ({
    what: `The release is stopped (${d.rules.join(', ')}).`,
    state: 'Nothing was sealed.',
    next: 'The preview says what stops it and how to go on.',
  }),
  'release.unknown-purpose': (d) => ({
    what: `“${d.code}” is not a purpose of the list.`,
    state: 'Nothing was sealed.',
    next: 'Choose one from the list.',
  }),
  'release.unknown-legal-basis': (d) => ({
    what: `“${d.code}” is not a legal basis of the list.`,
    state: 'Nothing was sealed.',
    next: 'Choose one from the list.',
  }),
  'request.cancelled': () => ({
    what: 'The work was cancelled.',
    state: UNCHANGED,
    next: 'Start it again whenever you like.',
  }),
  'request.forbidden': (d) => ({
    what: `Your role (${d.role}) may not do this.`,
    state: UNCHANGED,
    next: 'Ask a colleague who is an exchange officer, or unlock as a user who may.',
  }),
  'request.invalid': (d) => ({
    what: `A field is not filled in as it must be: ${d.path}.`,
    state: UNCHANGED,
    next: 'Correct it and try again.',
  }),
  'request.too-large': (d) => ({
    what: `This is too large to pass to the vault in one piece (${d.size} bytes; the limit is ${d.limit}).`,
    state: UNCHANGED,
    next: 'Split the file into smaller ones.',
  }),
  'salvage.disturbed': () => ({
    what: 'The vault changed while it was being salvaged.',
    state: 'The vault is whole; the file is not.',
    next: 'Delete the unfinished file and begin again while nothing else is done.',
  }),
  'salvage.malformed': (d) => ({
    what: `This is not a whole salvage file (rule ${d.rule}, line ${d.line}).`,
    state: 'No vault was made.',
    next: 'Check the size of the file against the one that was written, and try another copy of it.',
  }),
  'salvage.newer-version': (d) => ({
    what: `This salvage file is of version ${d.found}; this program reads up to ${d.supported}.`,
    state: 'No vault was made.',
    next: 'Use a newer version of Chirograph.',
  }),
  'salvage.no-transfer': () => ({
    what: 'That salvage is not under way any more.',
    state: UNCHANGED,
    next: 'Begin again.',
  }),
  'salvage.not-ours': () => ({
    what: 'This file does not belong to the vault whose users are to open it.',
    state: 'No vault was made.',
    next: 'Choose the vault that the file was salvaged from.',
  }),
  'store.not-found': (d) => ({
    what: `The ${d.what} you asked for is not in this vault (any more).`,
    state: UNCHANGED,
    next: 'Go back to the list; it may have been undone or erased.',
  }),
  'usage.bad-argument': (d) => ({
    what: `The argument ${d.argument} is ${d.problem === 'not-needed' ? 'not needed here' : d.problem}.`,
    state: UNCHANGED,
    next: 'See the command’s --help.',
  }),
  'usage.no-passphrase': () => ({
    what: 'No passphrase was given.',
    state: UNCHANGED,
    next: 'Use --passphrase-file, CHIROGRAPH_PASSPHRASE or a terminal.',
  }),
  'usage.unknown-command': () => ({
    what: 'There is no such command.',
    state: UNCHANGED,
    next: 'See chirograph --help.',
  }),
  'vault.busy': () => ({
    what: 'A long change, such as an import, is under way in this vault.',
    state: UNCHANGED,
    next: 'Wait until it has ended, or cancel it, and try again.',
  }),
  'vault.disk-error': (d) => ({
    what:
      d.during === 'reading'
        ? 'The disk of the vault could not be read.'
        : 'The disk of the vault refused what was to be written.',
    state: 'The last step was not carried out; what was saved before is not affected by it.',
    next: 'Check the disk, its cable or its network connection, then unlock the vault again. Make a copy of the vault folder soon.',
  }),
  'vault.disk-full': () => ({
    what: 'The disk is full.',
    state: 'The last step was not carried out; what was saved before is safe.',
    next: 'Free some space on the disk of the vault, then do it again.',
  }),
  'vault.exists': () => ({
    what: 'A vault with this name is already there.',
    state: UNCHANGED,
    next: 'Choose another name, or unlock the one that is there.',
  }),
  'vault.head-damaged': (d) => ({
    what: `The vault’s own record of its last state is damaged (rule ${d.rule}).`,
    state: NOT_OPENED,
    next: 'Restore the vault folder from a backup, or ask your support. Do not delete anything.',
    ...notUpdated(d),
  }),
  'vault.header-changed': (d) => ({
    what: `The vault’s header was changed by something other than Chirograph (rule ${d.rule}).`,
    state: NOT_OPENED,
    next: 'Restore the file vault.json from a backup.',
  }),
  'vault.in-use': () => ({
    what: 'This vault is open in another window or program.',
    state: UNCHANGED,
    next: 'Lock it there, then unlock it here.',
  }),
  'vault.kdf-out-of-range': (d) => ({
    what: `The vault’s header asks for an unsafe key derivation (${d.parameter} is ${d.value}; allowed are ${d.least} to ${d.most}).`,
    state: NOT_OPENED,
    next: 'Restore the file vault.json from a backup.',
  }),
  'vault.key-missing': () => ({
    what: 'No key was given for the database.',
    state: NOT_OPENED,
    next: 'Unlock with the passphrase or the recovery key.',
  }),
  'vault.last-officer': () => ({
    what: 'This is the last exchange officer of the vault.',
    state: UNCHANGED,
    next: 'Add another exchange officer first; without one nobody could sign for the agency.',
  }),
  'vault.locked': () => ({
    what: 'The vault is locked.',
    state: SAFE,
    next: 'Unlock it to go on.',
  }),
  'vault.needs-officer': () => ({
    what: 'This needs the agency’s signing key, which only an exchange officer opens.',
    state: UNCHANGED,
    next: 'Ask an exchange officer to unlock and do it.',
  }),
  'vault.newer-version': (d) => ({
    what: `This vault was made by a newer Chirograph (version ${d.found}; this program reads up to ${d.supported}).`,
    state: NOT_OPENED,
    next: 'Update Chirograph, then unlock again.',
  }),
  'vault.not-found': () => ({
    what: 'There is no vault with this name on this machine.',
    state: UNCHANGED,
    next: 'Choose another one from the list, or create a vault.',
  }),
  'vault.no-room': (d) => ({
    what: `There is not enough room on the disk: ${formatSize(d.needed)} are needed, ${formatSize(d.free)} are free.`,
    state: UNCHANGED,
    next: 'Make room on this disk, then try again.',
  }),
  'vault.older-version': (d) => ({
    what: `This vault is of an older version (${d.found}; this program writes ${d.supported}) and was not brought up to date.`,
    state: 'Nothing in it was changed.',
    next: 'Save what can be read with Salvage, and make a new vault of it. If the vault is whole, lock it, unlock it and let the update finish.',
  }),
  'vault.open-already': () => ({
    what: 'A vault is open in this window already.',
    state: UNCHANGED,
    next: 'Lock it before you open another.',
  }),
  'vault.opened-for-reading': () => ({
    what: 'This vault was opened for reading only, because something is wrong with it.',
    state: UNCHANGED,
    next: 'Save what can be read with Salvage, or restore a backup. An officer may also accept the vault as it is at the next unlock.',
  }),
  'vault.outcome-unknown': () => ({
    what: 'The disk of the vault failed while the last step was being saved.',
    state:
      'It cannot be told yet whether that step was saved: all of it was, or nothing. What was saved before is safe.',
    next: 'Look after the disk, its cable or its free space, then lock the vault and unlock it again: it will show whether the step is there.',
  }),
  'vault.plaintext-store': () => ({
    what: 'The database in this vault is not encrypted: it is not the one Chirograph made.',
    state: NOT_OPENED,
    next: 'Treat the machine with suspicion, and restore the vault folder from a backup.',
  }),
  'vault.read-only': () => ({
    what: 'The vault folder cannot be written to.',
    state: UNCHANGED,
    next: 'Check the permissions of the folder and of the disk.',
  }),
  'vault.recovery-key-typo': () => ({
    what: 'That recovery key has a typing mistake.',
    state: UNCHANGED,
    next: 'Compare it with the printed one, group by group.',
  }),
  'vault.rolled-back': (d) => ({
    what: rolledBackText(d),
    state: `${NOT_OPENED} ${missingChanges(d)}`,
    next: 'Find out who or what did it before anything else. Then put the newest copy back, restore a backup, open the vault for reading, or let an officer accept it as it is.',
    ...notUpdated(d),
  }),
  'vault.store-damaged': (d) =>
    d.rule === 'V92'
      ? {
          what: 'An index of the vault’s database differs from its table. Every record is there and is what was written.',
          state: NOT_OPENED,
          next: 'An officer can accept the vault as it is: its indexes are then made again. Or open it for reading.',
        }
      : {
          what: `Part of the vault’s database is damaged (rule ${d.rule}): bytes on the disk are not the ones that were written.`,
          state: `${NOT_OPENED} What is on whole pages can still be read, and every record proves itself.`,
          next: 'Open the vault for reading and save what can be read with Salvage, or restore a backup. Check the disk.',
          ...notUpdated(d),
        },
  'vault.store-missing': () => ({
    what: 'The database of the vault is missing from its folder.',
    state: NOT_OPENED,
    next: 'Restore the vault folder from a backup.',
  }),
  'vault.too-many-attempts': (d) => ({
    what: `There were several wrong tries; the vault waits ${d.seconds} seconds before it listens again.`,
    state: UNCHANGED,
    next: 'Wait, then try again. Nothing is ever deleted after wrong tries.',
  }),
  'vault.user-exists': () => ({
    what: 'A user with this name is already there.',
    state: UNCHANGED,
    next: 'Choose another name.',
  }),
  'vault.user-unknown': () => ({
    what: 'This vault has no user with this name.',
    state: UNCHANGED,
    next: 'Choose a user from the list.',
  }),
  'vault.weak-passphrase': (d) => ({
    what: `This passphrase is too short; it needs at least ${d.least} characters.`,
    state: UNCHANGED,
    next: 'Several unrelated words are easy to remember and hard to guess.',
  }),
  'vault.wrong-passphrase': () => ({
    what: 'That passphrase does not open this vault.',
    state: UNCHANGED,
    next: 'Check Caps Lock and the keyboard layout, then type it again.',
  }),
  'vault.wrong-recovery-key': () => ({
    what: 'That recovery key does not open this vault.',
    state: UNCHANGED,
    next: 'Check that it is the key printed for this vault.',
  }),
};

/** The same with its code, ready to be shown. */
export interface Explanation extends ErrorText {
  readonly code: string;
}

/** Explains what a call threw: a refusal by its code, anything else as a fault of the page itself. */
export function explain(error: unknown): Explanation {
  const wire = wireOf(error);
  const text: (details: never) => ErrorText = errorText[wire.code];
  return { code: wire.code, ...text(wire.details as never) };
}

/** What a file is that was given to the wrong place. */
export function otherKindOf(error: unknown): OtherKind | undefined {
  const { details } = wireOf(error);
  return 'kind' in details && 'command' in details ? details.kind : undefined;
}

/** The agency that a refusal is about, so that who knows its name can say it. */
export function agencyOf(error: unknown): string | undefined {
  const { details } = wireOf(error);
  return 'agency' in details ? details.agency : undefined;
}

/** A `Refusal` of the client carries `wire`; this module knows the codes and not the client. */
function wireOf(error: unknown): WireError {
  if (error instanceof Error && 'wire' in error) return error.wire as WireError;
  return { code: 'internal', details: { incident: 'page' } };
}

/** Enough of an agency's id to compare by eye. */
function short(agency: string): string {
  return agency.slice(0, 8);
}

/** V131: what else is to be said where this is why an older vault was not brought up to date. */
function notUpdated({ older }: { readonly older?: number }): Partial<ErrorText> {
  if (older === undefined) return {};
  return {
    state: `It is a vault of an older version (${older}), which is brought up to date only when it is whole. It was not, and nothing in it was changed.`,
    next: 'Save what can be read with Salvage, which takes every record that proves itself, and make a new vault of the file (chirograph vault from-salvage). Or restore a backup.',
  };
}

type RolledBack = ErrorDetails['vault.rolled-back'];

function rolledBackText({ what }: RolledBack): string {
  if (what === 'log') return 'The newest changes of this vault are lost: their log is missing or damaged.';
  if (what === 'page')
    return 'A part of this vault’s database is older than the rest: an old piece of the file was put in its place.';
  if (what === 'sidecar')
    return 'The file “head” of this vault is older than its database: an old copy of that file was put in its place.';
  if (what === 'header')
    return 'The file “vault.json” of this vault is an old copy: users or passphrases that it lists may have been changed since.';
  return 'This vault’s database is older than the last state this machine saw: an old copy was put in its place.';
}

/** Which changes are not there, by their numbers. */
function missingChanges({ found, expected, what, lastAt }: RolledBack): string {
  const last = lastAt === undefined ? '' : ` The last change found is from ${formatInstant(lastAt)}.`;
  if (what === 'page') return `It says that it is at change ${found}, but its rows do not add up to that.${last}`;
  if (found > expected) return `The database is at change ${found}, the file knows of ${expected}.${last}`;
  if (found === expected) return `Both are at change ${found}, but not of the same history.${last}`;
  const missing = expected - found;
  const which = missing === 1 ? `Change ${expected} is` : `Changes ${found + 1} to ${expected} are`;
  return `${which} missing.${last}`;
}
