import type { Tlp } from '../../src-shared/domain/marking.ts';
import './tlp-badge.css';

interface Props {
  readonly tlp: Tlp;
}

/** A TLP 2.0 label in the colours that FIRST prescribes. */
export function TlpBadge({ tlp }: Props) {
  return (
    <span className="tlp-badge" data-tlp={tlp} dir="ltr">
      {tlp}
    </span>
  );
}
