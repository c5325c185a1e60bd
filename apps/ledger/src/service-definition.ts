import { openByLog } from '#evidence/inclusion';
import { LOG_END, trustAt } from '#evidence/key-validity';
import { serviceKeys } from '#evidence/trust';
import type { OpenNote } from '#ledger/audit/audit-copies';
import { EnvironmentUnusable } from '#service-runtime/environment-variables';
import type { ServicePorts } from '#service-runtime/ports';
import type { ServiceDefinition } from '#service-runtime/start-service';
import { CheckpointFolder } from './checkpoints/checkpoint-folder.js';
import { migrations, tables } from './data-source.js';
import { inbound } from './inbound.js';
import { logOf } from './log-ports.js';
import { sweepLog } from './sweep-log.js';
import { Sequencer } from './sequencer.js';

interface Made {
  readonly sequencer: Sequencer;
  readonly folder: CheckpointFolder;
  readonly openNote: OpenNote;
}

let made: Made | undefined;
const parts = (ports: ServicePorts): Made => (made ??= partsOf(ports));

/** Every leaf, subtree and head is read anew this often, and held against the copies. */
const LOG_MS = 600_000;

/** The log of the installation: it hears hashes, gives them places, signs heads and copies them out of the database. */
export const ledger: ServiceDefinition<'ledger'> = {
  service: 'ledger',
  tables,
  migrations,
  controllers: [],
  inbound: () => inbound,
  fitness: (ports) => parts(ports).sequencer.unfit,
  sweeps: (ports) => {
    const { folder, openNote } = parts(ports);
    return [{ name: 'log', everyMs: LOG_MS, run: () => sweepLog(ports, folder, openNote) }];
  },
  onReady: async (ports) => {
    const { sequencer } = parts(ports);
    await sequencer.start();
    return () => sequencer.stop();
  },
};

/** Throws EnvironmentUnusable without a folder for the copies, or when the trust file names another key than the service has. */
function partsOf({ db, signer, trust, crypto, epoch, environment, log }: ServicePorts): Made {
  const { checkpointDir } = environment;
  if (checkpointDir === null) throw new EnvironmentUnusable(['SUNWARD_CHECKPOINT_DIR: needed by ledger']);
  const known = serviceKeys(trustAt(trust, LOG_END), 'ledger', crypto, 'checkpoint');
  if (signer.publicKey.algorithm !== 'ed25519' || !known.has(signer.keyid))
    throw new EnvironmentUnusable(['SUNWARD_TRUST_FILE: names no log with the Ed25519 key of SUNWARD_KEY_FILE']);
  const openNote: OpenNote = (note) => openByLog(note, trust, crypto);
  const folder = new CheckpointFolder(checkpointDir, openNote);
  const ports = { service: 'ledger', crypto, epoch, signer, key: logOf(signer) } as const;
  return { folder, openNote, sequencer: new Sequencer(db, folder, ports, log) };
}
