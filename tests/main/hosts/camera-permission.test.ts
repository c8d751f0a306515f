import { expect, test } from 'vitest';
import { PAGE_HEADERS } from '../../../src-shared/contract/page-policy.ts';
import { cameraPermission, isCameraQuestion } from '../../../src-main/hosts/electron/camera-permission.ts';

/** docs/decisions/0034: what the Electron host answers when its page asks for a camera. */

const OURS = 'app://chirograph';
const question = { permission: 'media', origin: OURS, isMainFrame: true, types: ['video'] };

test('nobody has the camera before a person pressed something and the scanner opened', () => {
  const camera = cameraPermission();
  expect(camera.isAllowed()).toBe(false);
  camera.allow(true, 10_000);
  expect(camera.isAllowed()).toBe(false);
  camera.press(10_000);
  expect(camera.isAllowed()).toBe(false);
  camera.allow(true, 12_000);
  expect(camera.isAllowed()).toBe(true);
});

test('a press long ago is none, and the end of the scanner is the end', () => {
  const camera = cameraPermission();
  camera.press(10_000);
  camera.allow(true, 15_001);
  expect(camera.isAllowed()).toBe(false);
  camera.allow(true, 15_000);
  expect(camera.isAllowed()).toBe(true);
  camera.allow(false, 15_001);
  expect(camera.isAllowed()).toBe(false);
});

test('the question must be for video alone, of the page itself', () => {
  expect(isCameraQuestion(question, OURS)).toBe(true);
  expect(isCameraQuestion({ ...question, origin: `${OURS}/` }, OURS)).toBe(true);
  for (const other of [
    { permission: 'display-capture' },
    { permission: 'geolocation' },
    { origin: 'app://other' },
    { origin: undefined },
    { isMainFrame: false },
    { types: ['audio'] },
    { types: ['audio', 'video'] },
    { types: [] },
    { types: ['unknown'] },
  ])
    expect(isCameraQuestion({ ...question, ...other }, OURS)).toBe(false);
});

test('no host lets a page have anything of the machine but the camera, and that for itself alone', () => {
  const asked = (PAGE_HEADERS['permissions-policy'] ?? '').split(', ');
  expect(asked.filter((feature) => !feature.endsWith('=()'))).toEqual(['camera=(self)']);
  expect(asked).toEqual(expect.arrayContaining(['microphone=()', 'display-capture=()', 'geolocation=()']));
});
