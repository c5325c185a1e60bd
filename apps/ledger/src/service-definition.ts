import { openByLog } from '#evidence/inclusion';
import { LOG_END, trustAt } from '#evidence/key-validity';
import { serviceKeys } from '#evidence/trust';
import { EnvironmentUnusable } from '#service-runtime/environment';
import type { ServicePorts } from '#service-runtime/ports';
import type { ServiceDefinition } from '#service-runtime/start-service';
import { CheckpointFolder } from './checkpoints/checkpoint-folder.js';
import { migrations, tables } from './data-source.js';
import { inbound } from './inbound.js';
import { logOf } from './log-ports.js';
import { Sequencer } from './sequencer.js';

let made: Sequencer | undefined;
const sequencer = (ports: ServicePorts): Sequencer => (made ??= sequencerOf(ports));

/** The log of the installation: it hears hashes, gives them places, signs heads and copies them out of the database. */
export const ledger: ServiceDefinition<'ledger'> = {
  service: 'ledger',
  tables,
  migrations,
  controllers: [],
  inbound: () => inbound,
  fitness: (ports) => sequencer(ports).unfit,
  onReady: async (ports) => {
    await sequencer(ports).start();
    return () => sequencer(ports).stop();
  },
};

/** Throws EnvironmentUnusable without a folder for the copies, or when the trust file names another key than the service has. */
function sequencerOf({ db, signer, trust, crypto, epoch, environment, log }: ServicePorts): Sequencer {
  const { checkpointDir } = environment;
  if (checkpointDir === null) throw new EnvironmentUnusable(['SUNWARD_CHECKPOINT_DIR: needed by ledger']);
  const known = serviceKeys(trustAt(trust, LOG_END), 'ledger', crypto, 'checkpoint');
  if (signer.publicKey.algorithm !== 'ed25519' || !known.has(signer.keyid))
    throw new EnvironmentUnusable(['SUNWARD_TRUST_FILE: names no log with the Ed25519 key of SUNWARD_KEY_FILE']);
  const folder = new CheckpointFolder(checkpointDir, (note) => openByLog(note, trust, crypto));
  return new Sequencer(db, folder, { service: 'ledger', crypto, epoch, signer, key: logOf(signer) }, log);
}
