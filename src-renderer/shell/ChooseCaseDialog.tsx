import { Button, Modal } from '@mantine/core';
import { IconFolder } from '@tabler/icons-react';
import type { SubjectId } from '../../src-shared/domain/ids.ts';
import { useMethod } from '../api/hooks.ts';
import { explain } from '../strings/errors.ts';
import { countOf } from '../strings/format.ts';
import { ErrorNotice } from '../ui/ErrorNotice.tsx';
import { showInCase } from './drawings.ts';
import { useViewStore } from './view-state.ts';

interface Props {
  readonly subject: SubjectId;
  readonly onClose: () => void;
}

/** Where to open an entity that is in several cases, or in none: then it is drawn beside a case without belonging to it. */
export function ChooseCaseDialog({ subject, onClose }: Props) {
  const store = useViewStore();
  const answer = useMethod('subject.show', { subject });
  const isNowhere = answer.data !== undefined && answer.data.cases.length === 0;
  const all = useMethod('case.list', {}, { enabled: isNowhere });
  const cases = isNowhere ? (all.data?.cases ?? []) : (answer.data?.cases ?? []);
  return (
    <Modal opened onClose={onClose} title={<bdi>{answer.data?.label ?? 'Open'}</bdi>} size={460}>
      {answer.isError && <ErrorNotice {...explain(answer.error)} />}
      {answer.data !== undefined && (
        <p className="choose-case-text">
          {isNowhere
            ? 'It is in no case. Choose the case to draw it beside; it does not become a part of it.'
            : `It is in ${countOf(answer.data.totals.cases, 'case')}. Choose the one to open.`}
        </p>
      )}
      {isNowhere && all.data?.cases.length === 0 && <p>There is no case yet. Make one first.</p>}
      <ul className="choose-case" aria-label="Cases">
        {cases.map(({ id, title }) => (
          <li key={id}>
            <Button
              variant="subtle"
              fullWidth
              justify="flex-start"
              leftSection={<IconFolder size={15} aria-hidden />}
              onClick={() => showInCase(store, id, subject)}
            >
              <bdi>{title}</bdi>
            </Button>
          </li>
        ))}
      </ul>
    </Modal>
  );
}
