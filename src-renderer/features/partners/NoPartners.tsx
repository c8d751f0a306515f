import { IconUsersGroup } from '@tabler/icons-react';
import { EmptyState } from '../../ui/EmptyState.tsx';

/** No partner yet: the three steps that make one. */
export function NoPartners() {
  return (
    <EmptyState icon={<IconUsersGroup size={22} />} title="No partners yet">
      <p>1. Save our card and give it to the other agency; they give you theirs. Cards are not secret.</p>
      <p>2. Add their card here.</p>
      <p>
        3. Meet, or call a number you already know, and read the twelve words to each other. If they are the same on
        both screens, nobody has put a card of their own in between.
      </p>
    </EmptyState>
  );
}
