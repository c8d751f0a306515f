import type { Place } from '../../../src-shared/contract/views.ts';
import { Notice } from '../../ui/Notice.tsx';

interface Props {
  readonly place: Place;
}

/** A vault where others may touch its files is a risk that a person takes knowingly. Nothing on a local disk. */
export function PlaceNotice({ place }: Props) {
  if (place.kind === 'network') {
    return (
      <Notice tone="warn" title={`This folder is on a network drive${named(place)}.`}>
        A connection that breaks can cut off your work, and another machine may not notice that the vault is open here.
        Keep the vault on a disk of this machine, and carry backups to the network drive.
      </Notice>
    );
  }
  if (place.kind === 'synced') {
    return (
      <Notice tone="warn" title={`This folder is copied by a sync service${named(place)}.`}>
        The service may replace the files of the vault with older ones, which Chirograph then refuses to open, and it
        takes encrypted copies to other machines. Keep the vault in a folder that is not synced.
      </Notice>
    );
  }
  return null;
}

function named({ name }: Place): string {
  return name === undefined ? '' : ` (${name})`;
}
