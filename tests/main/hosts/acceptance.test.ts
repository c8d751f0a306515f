import { expect, onTestFinished, test } from 'vitest';
import { STATIONS, type Station } from '../../support/stations.ts';

const TITLE = 'Operation Testing';
const NETWORK = `<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="n" for="node" attr.name="name" attr.type="string"/>
  <graph edgedefault="undirected">
    <node id="a"><data key="n">Testperson Alpha</data></node>
    <node id="b"><data key="n">Testperson Beta</data></node>
    <node id="c"><data key="n">Тестова Персона</data></node>
    <edge source="a" target="b"/>
    <edge source="b" target="c"/>
  </graph>
</graphml>`;

async function startStation(start: () => Promise<Station>, agency: string): Promise<Station> {
  const station = await start();
  onTestFinished(() => station.close());
  await station.create(agency);
  return station;
}

/** Each takes the other's card and confirms the words; both must see the same. */
async function introduce(one: Station, oneName: string, other: Station, otherName: string): Promise<void> {
  await one.addCard(await other.card());
  await other.addCard(await one.card());
  const words = await one.words(otherName);
  expect(await other.words(oneName)).toBe(words);
  await one.confirm(otherName, words);
  await other.confirm(oneName, words);
}

test.each(STATIONS)(
  '%s: a vault takes in a file, finds what is in it in any script, and accounts for it',
  async (_, start) => {
    const station = await startStation(start, 'Northmark Agency');
    expect(await station.status()).toMatchObject({ agency: 'Northmark Agency', entities: 0, links: 0, cases: 0 });
    expect(await station.importFile(TITLE, 'network.graphml', NETWORK)).toMatchObject({ entities: 3, links: 2 });
    expect(await station.status()).toMatchObject({ entities: 3, links: 2, cases: 1, partners: 0 });
    expect((await station.search('Testova')).map(({ label }) => label)).toEqual(['Тестова Персона']);
    expect(await station.auditIsWhole()).toBe(true);
  },
);

test.each(STATIONS)('%s: two agencies exchange a case, and both then see the same', async (_, start) => {
  const north = await startStation(start, 'Northmark Agency');
  const south = await startStation(start, 'Südhafen Zentralstelle');
  await introduce(north, 'Northmark Agency', south, 'Südhafen Zentralstelle');
  await north.importFile(TITLE, 'network.graphml', NETWORK);

  const bundle = await north.release(TITLE, 'Südhafen Zentralstelle');
  expect(await south.receive(bundle)).toMatchObject({ verdict: 'applied' });

  const [ours, theirs] = [await north.status(), await south.status()];
  expect([theirs.entities, theirs.links]).toEqual([ours.entities, ours.links]);
  expect(await south.fingerprint(TITLE)).toBe(await north.fingerprint(TITLE));
  const [hit] = await south.search('Alpha');
  expect(await south.authorsOf(hit?.id ?? '')).toEqual(['Northmark Agency']);
  expect([await north.auditIsWhole(), await south.auditIsWhole()]).toEqual([true, true]);
});
