import { existsSync, readFileSync, realpathSync, statfsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** V105: where a folder lies, as far as that matters for a vault (docs/decisions/0026-places-and-failing-disks.md). `name` says what told it. */
export type Place = { readonly kind: 'local' | 'network' | 'synced'; readonly name?: string };

/** What is asked of the machine; tests answer instead. */
export type Look = {
  readonly platform: string;
  isThere(path: string): boolean;
  /** The path without symbolic links. */
  real(path: string): string;
  /** Magic number of the file system (statfs(2)); undefined where there is none. */
  fileSystem(path: string): number | undefined;
  /** Text of /proc/self/mountinfo (proc(5)); undefined where there is none. */
  mounts(): string | undefined;
};

/** Looks at a folder that may not be there yet: then at its name, and at the nearest one above it. Never refuses; a machine that cannot tell gives `local`. */
export function placeOf(folder: string, look: Look): Place {
  if (isUnc(folder, look.platform)) return { kind: 'network', name: 'UNC' };
  const path = look.real(nearest(folder, look));
  const folders = [...withParents(folder), ...withParents(path)];
  const sync = folders.map((each) => syncService(each, look)).find((name) => name !== undefined);
  if (sync !== undefined) return { kind: 'synced', name: sync };
  const network = networkFileSystem(path, look);
  return network === undefined ? { kind: 'local' } : { kind: 'network', name: network };
}

/** The machine that this process runs on. */
export const thisMachine: Look = {
  platform: process.platform,
  isThere: existsSync,
  real: (path) => attempt(() => realpathSync.native(path)) ?? path,
  fileSystem: (path) => attempt(() => statfsSync(path).type),
  mounts: () =>
    process.platform === 'linux' ? attempt(() => readFileSync('/proc/self/mountinfo', 'utf8')) : undefined,
};

/** Magic numbers of linux/magic.h and of the file systems themselves. FUSE may be either: see `LOCAL_FUSE`. */
const FUSE = 0x65735546;
const NETWORK: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
  [0x01021997, '9P'],
  [0x5346414f, 'AFS'],
  [0x00c36400, 'Ceph'],
  [0x73757245, 'Coda'],
  [0x0bd00bd0, 'Lustre'],
  [0x01161970, 'GFS2'],
  [FUSE, 'FUSE'],
]);

/** File systems in user space that keep their data on this machine. */
const LOCAL_FUSE: ReadonlySet<string> = new Set([
  'fuseblk',
  'fuse.veracrypt',
  'fuse.gocryptfs',
  'fuse.cryfs',
  'fuse.encfs',
  'fuse.securefs',
  'fuse.bindfs',
  'fuse.mergerfs',
  'fuse.fuse-overlayfs',
  'fuse.lxcfs',
]);

/** How the folders of services are called by default. A person may well be called box, so that one is taken as it is written. */
const FOLDER_NAMES: readonly (readonly [name: RegExp, service: string])[] = [
  [/^onedrive( - .+)?$/i, 'OneDrive'],
  [/^dropbox( \(.+\))?$/i, 'Dropbox'],
  [/^(google drive|googledrive-.+|my drive)$/i, 'Google Drive'],
  [/^(icloud ?drive|com~apple~clouddocs|iclouddrive)$/i, 'iCloud'],
  [/^nextcloud\d*$/i, 'Nextcloud'],
  [/^owncloud\d*$/i, 'ownCloud'],
  [/^pcloud ?drive$/i, 'pCloud'],
  [/^mega( ?sync)?$/i, 'MEGA'],
  [/^Box( Sync)?$/, 'Box'],
  [/^seafile$/i, 'Seafile'],
  [/^cloudstorage$/i, 'a cloud service'],
];

/** What services leave in the folders that they copy. */
const MARKS: readonly (readonly [file: string, service: string])[] = [
  ['.dropbox', 'Dropbox'],
  ['.dropbox.cache', 'Dropbox'],
  ['.tmp.drivedownload', 'Google Drive'],
  ['.nextcloudsync.log', 'Nextcloud'],
  ['.owncloudsync.log', 'ownCloud'],
  ['.sync-exclude.lst', 'Nextcloud'],
  ['.stfolder', 'Syncthing'],
  ['.seafile-data', 'Seafile'],
  ['.849C9593-D756-4E56-8D6E-42412F2A707B', 'OneDrive'],
];

function syncService(folder: string, look: Look): string | undefined {
  const name = basename(folder);
  const byName = FOLDER_NAMES.find(([pattern]) => pattern.test(name))?.[1];
  return byName ?? MARKS.find(([file]) => look.isThere(join(folder, file)))?.[1];
}

function networkFileSystem(path: string, look: Look): string | undefined {
  const type = look.fileSystem(path);
  // some platforms give it as a signed number of 32 bits
  const name = type === undefined ? undefined : NETWORK.get(type < 0 ? type + 2 ** 32 : type);
  if (name !== 'FUSE') return name;
  const mounted = mountType(path, look.mounts() ?? '');
  if (mounted !== undefined && LOCAL_FUSE.has(mounted)) return undefined;
  return mounted?.replace(/^fuse\.?/, '') || name;
}

/** The type of the file system that is mounted nearest above a path. */
function mountType(path: string, mounts: string): string | undefined {
  const candidates = mounts.split('\n').flatMap((line) => {
    const [before = '', after = ''] = line.split(' - ');
    const point = before.split(' ')[4]?.replaceAll('\\040', ' ');
    const [type] = after.split(' ');
    const isAbove = point !== undefined && (point === '/' || path === point || path.startsWith(`${point}/`));
    return isAbove && type !== undefined ? [{ point, type }] : [];
  });
  return candidates.toSorted((one, other) => other.point.length - one.point.length)[0]?.type;
}

function isUnc(path: string, platform: string): boolean {
  return platform === 'win32' && /^[\\/]{2}(?![?.][\\/][A-Za-z]:)/.test(path);
}

function nearest(folder: string, look: Look): string {
  const above = dirname(folder);
  return look.isThere(folder) || above === folder ? folder : nearest(above, look);
}

function withParents(path: string): string[] {
  const above = dirname(path);
  return above === path ? [path] : [path, ...withParents(above)];
}

/** A folder that cannot be looked at is no reason not to open a vault in it. */
function attempt<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
