import { notifications } from '@mantine/notifications';
import type { CaseChart } from '../../src-shared/contract/views.ts';
import type { SubjectId } from '../../src-shared/domain/ids.ts';
import { useAction } from '../api/hooks.ts';
import { explain } from '../strings/errors.ts';
import { countOf } from '../strings/format.ts';
import { linksIntoCase } from './guest-links.ts';

/** Makes a guest of the drawing a member of the case, and the drawn links that then have both ends in it. One change, undone as one. */
export function useAddToCase(chart: CaseChart): (subject: SubjectId) => void {
  const { mutate } = useAction('case.add-members');
  return (subject) =>
    mutate(
      { case: chart.case.id, members: [subject, ...linksIntoCase(chart, subject)] },
      {
        onSuccess: ({ added }) =>
          notifications.show({ message: `${countOf(added - 1, 'link')} and 1 entity added to this case.` }),
        onError: (error) => {
          const { what, next } = explain(error);
          notifications.show({ color: 'red', title: what, message: next });
        },
      },
    );
}
