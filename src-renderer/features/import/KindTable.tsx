import { entityKind, linkKind } from '../../../src-shared/catalogue/kinds.ts';
import { formatCount } from '../../strings/format.ts';
import { EntityIcon } from '../../ui/EntityIcon.tsx';

interface Props {
  readonly rows: readonly {
    readonly kind: 'entity' | 'link';
    readonly type: string;
    readonly count: number;
    readonly protected: number;
  }[];
}

/** How many of each kind. */
export function KindTable({ rows }: Props) {
  return (
    <table className="rows" aria-label="Counts by kind">
      <thead>
        <tr>
          <th scope="col">Kind</th>
          <th scope="col" data-number>
            Count
          </th>
          <th scope="col" data-number>
            Protected
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.kind} ${row.type}`}>
            <td>
              <span className="import-kind">
                {row.kind === 'entity' && <EntityIcon type={row.type} size={18} />}
                {row.kind === 'entity' ? entityKind(row.type).label : `Link: ${linkKind(row.type).label}`}
              </span>
            </td>
            <td data-number>{formatCount(row.count)}</td>
            <td data-number>{row.protected === 0 ? '' : formatCount(row.protected)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
