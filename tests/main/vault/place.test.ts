import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { placeOf, thisMachine } from '../../../src-main/vault/place.ts';
import type { Look } from '../../../src-main/vault/place.ts';
import { temporaryFolder } from '../../support/store-vaults.ts';

const EXT4 = 0xef53;
const FUSE = 0x65735546;

function machine(answers: Partial<Look> & { readonly there?: readonly string[] } = {}): Look {
  const { there = ['/home/ana', '/home/ana/vaults'], ...look } = answers;
  return {
    platform: 'linux',
    isThere: (path) => there.includes(path),
    real: (path) => path,
    fileSystem: () => EXT4,
    mounts: () => '22 1 8:1 / / rw - ext4 /dev/sda1 rw',
    ...look,
  };
}

test('[V105] a folder on a local disk needs no warning', () => {
  expect(placeOf('/home/ana/vaults', machine())).toEqual({ kind: 'local' });
});

test.each([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xff534d42 - 2 ** 32, 'CIFS'],
  [0xfe534d42, 'SMB2'],
  [0x01021997, '9P'],
  [FUSE, 'FUSE'],
])('[V105] file system %i is a network drive: %s', (type, name) => {
  const look = machine({ fileSystem: () => type, mounts: () => undefined });
  expect(placeOf('/home/ana/vaults', look)).toEqual({ kind: 'network', name });
});

test.each([
  ['fuse.sshfs', { kind: 'network', name: 'sshfs' }],
  ['fuse.rclone', { kind: 'network', name: 'rclone' }],
  ['fuseblk', { kind: 'local' }],
  ['fuse.veracrypt', { kind: 'local' }],
])('[V105] of file systems in user space, %s is told by its mount', (type, expected) => {
  const mounts = `22 1 8:1 / / rw - ext4 /dev/sda1 rw\n40 22 0:50 / /home/ana/my\\040vaults rw - ${type} there rw`;
  const look = machine({ fileSystem: () => FUSE, mounts: () => mounts, there: ['/home/ana/my vaults'] });
  expect(placeOf('/home/ana/my vaults/main', look)).toEqual(expected);
});

test('[V105] a share of Windows is a network drive, a long path of a local disk is none', () => {
  const windows = machine({ platform: 'win32', fileSystem: () => 0 });
  expect(placeOf('\\\\server\\share\\vaults', windows)).toEqual({ kind: 'network', name: 'UNC' });
  expect(placeOf('\\\\?\\C:\\vaults', windows).kind).toBe('local');
});

test.each([
  ['/home/ana/OneDrive - Northmark Agency/vaults', 'OneDrive'],
  ['/home/ana/Dropbox/vaults', 'Dropbox'],
  ['/Users/ana/Library/CloudStorage/GoogleDrive-ana@northmark.example/My Drive/v', 'Google Drive'],
  ['/Users/ana/Library/Mobile Documents/com~apple~CloudDocs/v', 'iCloud'],
  ['/home/ana/Nextcloud/vaults', 'Nextcloud'],
])('[V105] %s is synced by %s', (path, name) => {
  expect(placeOf(path, machine({ there: [path] }))).toEqual({ kind: 'synced', name });
});

test('[V105] a synced folder under another name is told by what its service leaves in it, and found behind a link', () => {
  const there = ['/home/ana/vaults', '/mnt/pool/.stfolder'];
  const look = machine({ there, real: () => '/mnt/pool/vaults' });
  expect(placeOf('/home/ana/vaults', look)).toEqual({ kind: 'synced', name: 'Syncthing' });
});

test('[V105] a vault that is not made yet is judged by the nearest folder that is there', () => {
  const asked: string[] = [];
  const look = machine({ fileSystem: (path) => (asked.push(path), 0x6969) });
  expect(placeOf('/home/ana/vaults/main/new', look).kind).toBe('network');
  expect(asked).toEqual(['/home/ana/vaults']);
  expect(placeOf('/home/ana/Dropbox/main', machine())).toEqual({ kind: 'synced', name: 'Dropbox' });
});

test('[V105] this machine answers for a real folder', () => {
  const folder = temporaryFolder();
  expect(['local', 'network']).toContain(placeOf(join(folder, 'main'), thisMachine).kind);
  mkdirSync(join(folder, 'Dropbox'));
  expect(placeOf(join(folder, 'Dropbox', 'main'), thisMachine)).toEqual({ kind: 'synced', name: 'Dropbox' });
});
