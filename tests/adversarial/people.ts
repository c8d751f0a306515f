import { changedCard, firstCard, listed, testKey } from '../support/key-changes.ts';
import type { TestKey } from '../support/key-changes.ts';
import { northmark } from '../support/bundle-samples.ts';
import type { TestAgency } from '../support/bundle-samples.ts';

/** Agencies of the hostile inputs beside Northmark (confirmed), Southmark (the reader) and Eastmark (on nobody's list). */

function agency(key: TestKey, name: string): TestAgency {
  const card = firstCard(key, northmark.recipient, name);
  const { agencyId: id, publicKey } = card;
  return { id, card, sign: key.sign, publicKey, identity: northmark.identity, recipient: northmark.recipient };
}

/** On nobody's list. */
export const endmark = agency(testKey('Endmark'), 'Endmark Agency');
/** On Southmark's list, words not compared. */
export const unconfirmed = agency(testKey('Westmark'), 'Westmark Agency');
/** On Southmark's list, revoked. */
export const goneFromList = agency(testKey('Farmark'), 'Farmark Agency');

const [oldest, revoked, ada, ben] = [
  testKey('Ringmark 1'),
  testKey('Ringmark 2'),
  testKey('Ringmark Ada'),
  testKey('Ringmark Ben'),
];
const current = testKey('Ringmark 3');
const firstOfRing = firstCard(oldest, northmark.recipient, 'Ringmark Agency');
const secondOfRing = changedCard(firstOfRing, { signing: listed(revoked) }, [oldest], revoked);
const thirdOfRing = changedCard(
  secondOfRing,
  { approving: listed(ada, ben), revoked: [revoked.kid], signing: listed(current) },
  [oldest],
  current,
);

/** On Southmark's list, confirmed: its keys changed twice, one of them was revoked, and Southmark wants one approval of each of its bundles. */
export const ringmark = {
  card: thirdOfRing,
  id: thirdOfRing.agencyId,
  keys: { ada, ben, current, oldest, revoked },
  /** As it signs with one of its keys. */
  by: (key: TestKey): TestAgency => ({
    card: { ...thirdOfRing, kid: key.kid },
    id: thirdOfRing.agencyId,
    identity: northmark.identity,
    publicKey: thirdOfRing.publicKey,
    recipient: northmark.recipient,
    sign: key.sign,
  }),
};
