import { columnUse } from './column-use.ts';

interface Props {
  readonly columns: readonly { readonly name: string; readonly use: string; readonly example: string }[];
}

/** What each column of the file becomes. No column is dropped in silence. */
export function ColumnTable({ columns }: Props) {
  return (
    <table className="rows" aria-label="Columns">
      <thead>
        <tr>
          <th scope="col">Column</th>
          <th scope="col">Becomes</th>
          <th scope="col">Example</th>
        </tr>
      </thead>
      <tbody>
        {columns.map((column, at) => (
          <tr key={`${column.name} ${at}`}>
            <td>
              <bdi>{column.name}</bdi>
            </td>
            <td>{columnUse(column.use)}</td>
            <td className="import-example" data-muted>
              <bdi>{column.example}</bdi>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
