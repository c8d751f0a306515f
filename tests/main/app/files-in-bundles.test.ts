import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { agencies, confirmed, knows, permits, sends, smallCase, takes, terms } from '../../support/forwarding.ts';
import type { Member } from '../../support/forwarding.ts';
import { attach, attachmentsOf, exported } from '../../support/attachment-steps.ts';
import { addEntity, sealing } from '../../support/case-steps.ts';
import { inventedBytes } from '../../support/evidence.ts';
import { openFully } from '../../support/review.ts';

/** Evidence files on their way to partners and back: bundle.md B35–B40, vault.md V126, policy.md P16, P32, P33. */

const MIB = 2 ** 20;
const photo = Buffer.concat([Buffer.from('\xFF\xD8\xFF invented photograph ', 'latin1'), inventedBytes(3 * MIB + 17)]);
const NAME = 'invented photograph.jpg';

/** Two that trust one another; the first has a case with a photograph of a suspect. */
async function withPhoto() {
  const [a, b] = (await agencies(2)) as [Member, Member];
  await confirmed(a, b);
  const made = await smallCase(a);
  const file = await attach(a.at, [made.suspect], photo, { name: NAME, type: 'image/jpeg', step: MIB });
  return { a, b, made, file };
}

/** The same with a third, whom the second trusts. */
async function threeWithPhoto() {
  const [a, b, c] = (await agencies(3)) as [Member, Member, Member];
  await confirmed(a, b);
  await confirmed(b, c);
  const made = await smallCase(a);
  const file = await attach(a.at, [made.suspect], photo, { name: NAME, type: 'image/jpeg', step: MIB });
  return { a, b, c, made, file };
}

const held = ({ at }: Member): string[] => {
  const folder = join(at.home, 'main', 'attachments');
  return existsSync(folder) ? readdirSync(folder) : [];
};

describe('a file that is released', () => {
  test('[B35–B40] is shown with size, type and what it supports, comes whole, and is held with its record', async () => {
    const { a, b, made, file } = await withPhoto();
    const { preview, bytes } = await sends(a, [b], made.id);
    expect(preview.totals).toMatchObject({ files: 1, fileBytes: photo.length });
    expect(preview.subjects.find(({ kind }) => kind === 'attachment')).toMatchObject({
      label: NAME,
      records: [
        {
          verdict: { action: 'release', rule: 'P0' },
          file: { size: photo.length, type: 'image/jpeg', supports: ['Sergo Madeupson'] },
        },
      ],
    });
    const plan = await openFully(b.at, bytes);
    expect(plan.totals).toMatchObject({ files: 1, fileBytes: photo.length });
    const item = plan.items.find(({ kind }) => kind === 'attachment');
    expect(item).toMatchObject({
      state: 'new',
      label: NAME,
      file: { size: photo.length, type: 'image/jpeg', state: 'comes', supports: ['Sergo Madeupson'] },
    });
    expect(held(b)).toEqual([]);
    await b.at.call('receive.apply', { quarantine: plan.quarantine, accept: 'all' });
    expect(held(b)).toHaveLength(1);
    const [there] = await attachmentsOf(b.at, made.suspect);
    expect(there).toMatchObject({
      name: NAME,
      state: 'held',
      sniffed: 'image/jpeg',
      isOurs: false,
      authorName: a.name,
    });
    expect(there?.custody).toMatchObject([{ event: 'added', note: `Received from ${a.name} with number 1` }]);
    expect((await exported(b.at, file.sha256)).bytes.equals(photo)).toBe(true);
    const [ours] = await attachmentsOf(a.at, made.suspect);
    expect(ours?.custody[0]).toMatchObject({ event: 'exported' });
    expect(ours?.custody[0]?.note).toContain(`Released to ${b.name} in bundle `);
  });

  test('[B40] is not stored when its record is left out, and comes with a later bundle', async () => {
    const { a, b, made, file } = await withPhoto();
    const plan = await openFully(b.at, (await sends(a, [b], made.id)).bytes);
    const items = plan.items.filter(({ kind }) => kind !== 'attachment').map(({ item }) => item);
    await b.at.call('receive.apply', { quarantine: plan.quarantine, accept: items });
    expect([held(b), await attachmentsOf(b.at)]).toEqual([[], []]);
    await takes(b, (await sends(a, [b], made.id)).bytes);
    expect((await exported(b.at, file.sha256)).bytes.equals(photo)).toBe(true);
  });

  test('[V126] goes with a bundle that is discarded', async () => {
    const { a, b, made } = await withPhoto();
    const plan = await openFully(b.at, (await sends(a, [b], made.id)).bytes);
    await b.at.call('receive.discard', { quarantine: plan.quarantine, reason: 'not for us' });
    expect([held(b), (await b.at.call('receive.list', {})).quarantined]).toEqual([[], []]);
  });

  test('[V119] that is held already is not stored twice, and both records name it', async () => {
    const { a, b, made, file } = await withPhoto();
    const other = await smallCase(b);
    await attach(b.at, [other.suspect], photo, { name: 'the same.jpg', step: MIB });
    const before = held(b);
    const plan = await takes(b, (await sends(a, [b], made.id)).bytes);
    expect(plan.items.find(({ kind }) => kind === 'attachment')?.file?.state).toBe('held');
    expect(held(b)).toEqual(before);
    expect((await attachmentsOf(b.at)).map(({ sha256, state }) => [sha256, state])).toEqual([
      [file.sha256, 'held'],
      [file.sha256, 'held'],
    ]);
  });

  test('[P33] that is damaged where it lies refuses the release, is noted, and stays home from then on', async () => {
    const { a, b, made } = await withPhoto();
    const [name] = held(a);
    const path = join(a.at.home, 'main', 'attachments', name ?? '');
    const bytes = readFileSync(path);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    const request = { case: made.id, to: [b.id], ...terms };
    const preview = await a.at.call('release.preview', request);
    expect(await a.at.refusal('release.seal', sealing(request, preview))).toBe('attachment.damaged');
    const after = await sends(a, [b], made.id);
    expect(after.preview.totals.byRule).toContainEqual({ rule: 'P33', records: 1, claims: 0 });
    expect((await takes(b, after.bytes)).items.map(({ kind }) => kind)).not.toContain('attachment');
  });

  test('[P33] that is gone where it lay refuses a release that was previewed with it', async () => {
    const { a, b, made } = await withPhoto();
    const request = { case: made.id, to: [b.id], ...terms };
    const preview = await a.at.call('release.preview', request);
    rmSync(join(a.at.home, 'main', 'attachments', held(a)[0] ?? ''));
    expect(await a.at.refusal('release.seal', sealing(request, preview))).toBe('attachment.missing');
    const again = await a.at.call('release.preview', request);
    expect(again.totals.byRule).toContainEqual({ rule: 'P33', records: 1, claims: 0 });
  });

  test('[P16] of a victim stays home until the officer includes victims', async () => {
    const { a, b, made } = await withPhoto();
    const claims = { name: 'Vera Inventova', subjectCategory: 'victim' };
    const { subject: her } = await addEntity(a.at, made.id, 'person', claims);
    await attach(a.at, [her], Buffer.from('invented portrait'), { name: 'portrait.png' });
    const home = await sends(a, [b], made.id);
    expect(home.preview.totals).toMatchObject({ files: 1 });
    expect(home.preview.totals.byRule).toContainEqual({ rule: 'P16', records: 1, claims: 0 });
    const included = await a.at.call('release.preview', { case: made.id, to: [b.id], ...terms, include: ['victims'] });
    expect(included.totals).toMatchObject({ files: 2 });
    expect(included.classes).toContain('protected:victims');
  });
});

describe('a file that was received', () => {
  test('[B40, V122] is gone when its author erases the record, and the old bundle brings it back no more', async () => {
    const { a, b, made, file } = await withPhoto();
    const old = (await sends(a, [b], made.id)).bytes;
    await takes(b, old);
    const stored = join(b.at.home, 'main', 'attachments', held(b)[0] ?? '');
    expect(existsSync(stored)).toBe(true);
    await a.at.call('record.retract', { records: [file.record], action: 'erase', reason: 'should not have gone' });
    const recall = await openFully(b.at, (await sends(a, [b], made.id)).bytes);
    const applied = await b.at.call('receive.apply', { quarantine: recall.quarantine, accept: 'all' });
    expect([existsSync(stored), held(b)]).toEqual([false, []]);
    expect(await attachmentsOf(b.at)).toEqual([]);
    const receipt = await a.at.call('receive.open', { bytes: applied.bytes ?? new Uint8Array() });
    expect(receipt.receipt).toMatchObject({ accepted: 1 });
    const board = await a.at.call('recall.board', {});
    expect(board.rows[0]).toMatchObject({ answer: 'applied' });
    const again = await openFully(b.at, old);
    expect([again.verdict, again.counts]).toMatchObject(['known', { new: 0, changed: 0, refused: 1 }]);
    expect(held(b)).toEqual([]);
  });

  test('[B40] goes with the bundle when that is taken back', async () => {
    const { a, b, made } = await withPhoto();
    const plan = await openFully(b.at, (await sends(a, [b], made.id)).bytes);
    const { batch } = await b.at.call('receive.apply', { quarantine: plan.quarantine, accept: 'all' });
    await b.at.call('batch.undo', { batch: batch ?? 0 });
    expect([held(b), await attachmentsOf(b.at)]).toEqual([[], []]);
  });

  test('[B38] and is not there any more is not here, and comes again with the same bundle', async () => {
    const { a, b, made, file } = await withPhoto();
    const sent = await sends(a, [b], made.id);
    await takes(b, sent.bytes);
    rmSync(join(b.at.home, 'main', 'attachments', held(b)[0] ?? ''));
    expect((await attachmentsOf(b.at, made.suspect))[0]?.state).toBe('missing');
    const plan = await takes(b, (await sends(a, [b], made.id)).bytes);
    expect(plan.items.find(({ kind }) => kind === 'attachment')).toMatchObject({
      state: 'changed',
      file: { state: 'comes' },
    });
    expect((await exported(b.at, file.sha256)).bytes.equals(photo)).toBe(true);
  });
});

describe('a file of another agency', () => {
  test('[P3] is not passed on without the permission of its author', async () => {
    const { a, b, c, made } = await threeWithPhoto();
    await takes(b, (await sends(a, [b], made.id)).bytes);
    const preview = await b.at.call('release.preview', { case: made.id, to: [c.id], ...terms });
    expect(preview.totals).toMatchObject({ files: 0 });
  });

  test('[P22] is passed on with it, and the author is who attached it', async () => {
    const { a, b, c, made, file } = await threeWithPhoto();
    await knows(a, c);
    await permits(a, [c], made.id);
    await takes(b, (await sends(a, [b], made.id)).bytes);
    const { preview, bytes } = await sends(b, [c], made.id);
    expect(preview.totals).toMatchObject({ files: 1 });
    await takes(c, bytes);
    const [there] = await attachmentsOf(c.at, made.suspect);
    expect(there).toMatchObject({ name: NAME, state: 'held', author: a.id });
    expect((await exported(c.at, file.sha256)).bytes.equals(photo)).toBe(true);
  });
});
