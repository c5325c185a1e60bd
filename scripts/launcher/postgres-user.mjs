// As whom PostgreSQL runs: it refuses user id 0.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { Problem } from './problem.mjs';

const NAMESPACE = ['unshare', '--user', '--map-user=1000', '--map-group=1000', '--'];

function run(...command) {
  try {
    return execFileSync(command[0], command.slice(1), { stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .trim();
  } catch {
    return undefined;
  }
}

function postgresUser() {
  const known = () => {
    const [uid, gid] = [run('id', '-u', 'postgres'), run('id', '-g', 'postgres')];
    return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
  };
  if (known()) return known();
  run('groupadd', '-f', '-r', 'postgres');
  run('useradd', '-r', '-g', 'postgres', '-d', '/nonexistent', '-s', '/usr/sbin/nologin', 'postgres');
  return known();
}

/** Every folder above `file` that exists lets other users pass. */
function isReachable(file) {
  for (let folder = path.dirname(path.resolve(file)); ; folder = path.dirname(folder)) {
    if (fs.existsSync(folder) && !(fs.statSync(folder).mode & 0o001)) return false;
    if (folder === path.dirname(folder)) return true;
  }
}

/**
 * How to run PostgreSQL's programs for the data directory `dir`: `prefix` goes before the command, `spawn` holds uid
 * and gid, and `owner` is whom new files must belong to. As root the owner of existing data is kept; otherwise the user
 * `postgres` is taken (made when absent) or, where it cannot reach the paths, a user namespace in which we are not 0.
 */
export function postgresUserFor(dir, program) {
  if (process.getuid?.() !== 0) {
    const owner = fs.existsSync(dir) ? fs.statSync(dir).uid : process.getuid?.();
    if (owner === process.getuid?.()) return { prefix: [], spawn: {} };
    throw new Problem(
      `${dir} belongs to another user (id ${owner}). Start as that user or as root, or remove the folder to start with empty data.`,
    );
  }
  const kept = fs.existsSync(path.join(dir, 'PG_VERSION')) ? fs.statSync(dir) : undefined;
  const user = kept ? { uid: kept.uid, gid: kept.gid } : postgresUser();
  if (user && user.uid !== 0 && [dir, program].every(isReachable)) return { prefix: [], spawn: user, owner: user };
  if ((!kept || kept.uid === 0) && run(...NAMESPACE, 'true') !== undefined) return { prefix: NAMESPACE, spawn: {} };
  throw new Problem(
    `PostgreSQL does not run as root, and the user postgres cannot enter ${path.dirname(path.resolve(dir))}. ` +
      'Put the checkout in a folder other users may enter (for example /opt/sunward), start as an ordinary user, ' +
      'or set DATABASE_URL to a PostgreSQL 16 or newer.',
  );
}
