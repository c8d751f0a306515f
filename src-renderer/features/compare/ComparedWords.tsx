import type { AgencyId, SubjectId } from '../../../src-shared/domain/ids.ts';
import { useMethod } from '../../api/hooks.ts';
import { explain } from '../../strings/errors.ts';
import { countOf } from '../../strings/format.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { WordGrid } from '../../ui/WordGrid.tsx';

interface Props {
  readonly caseId: SubjectId;
  readonly partner: AgencyId;
  readonly name: string;
}

/** The twelve words of this case for one partner. */
export function ComparedWords({ caseId, partner, name }: Props) {
  const found = useMethod('case.fingerprint', { case: caseId, partner });
  return (
    <section>
      <SectionHead title="Read these words to each other" />
      <p className="muted">
        <bdi>{name}</bdi> sees the same twelve words if you both have what you told each other in this case: what either
        of you keeps to itself does not count.
      </p>
      {found.error !== null && <ErrorNotice {...explain(found.error)} />}
      {found.isPending && <output className="muted">Comparing…</output>}
      {found.data !== undefined && (
        <>
          <WordGrid words={found.data.words} label="Words of this case" />
          <p className="muted">
            {(found.data.records ?? 0) === 0
              ? 'You have told each other nothing in this case yet.'
              : `Over ${countOf(found.data.records ?? 0, 'record')}.`}
          </p>
        </>
      )}
    </section>
  );
}
