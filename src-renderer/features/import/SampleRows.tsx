import type { z } from 'zod';
import { linkKind } from '../../../src-shared/catalogue/kinds.ts';
import type { ImportPreview } from '../../../src-shared/contract/views.ts';
import { countOf } from '../../strings/format.ts';
import { EntityIcon } from '../../ui/EntityIcon.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';

interface Props {
  readonly sample: z.infer<typeof ImportPreview>['sample'];
}

/** The first entities and links as they would be stored. */
export function SampleRows({ sample }: Props) {
  return (
    <div className="import-columns">
      {sample.entities.length > 0 && (
        <section>
          <SectionHead title="First entities" level={3} />
          <table className="rows" aria-label="First entities">
            <tbody>
              {sample.entities.map((entity) => (
                <tr key={entity.key}>
                  <td>
                    <span className="import-kind">
                      <EntityIcon type={entity.type} size={18} />
                      <bdi>{entity.label}</bdi>
                    </span>
                  </td>
                  <td data-muted>{countOf(entity.claims, 'value')}</td>
                  <td data-muted>line {entity.line}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {sample.links.length > 0 && (
        <section>
          <SectionHead title="First links" level={3} />
          <table className="rows" aria-label="First links">
            <tbody>
              {sample.links.map((link) => (
                <tr key={`${link.line} ${link.from} ${link.to}`}>
                  <td>
                    <bdi>{link.from}</bdi>
                  </td>
                  <td data-muted>{linkKind(link.type).label}</td>
                  <td>
                    <bdi>{link.to}</bdi>
                  </td>
                  <td data-muted>line {link.line}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </div>
  );
}
