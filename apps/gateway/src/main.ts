import { openPorts, startService } from '#service-runtime/start-service';
import { gateway } from './service-definition.js';
import { foundCommand } from './setup/found-command.js';

const [command, ...rest] = process.argv.slice(2);
if (command === 'found') {
  const ports = await openPorts(gateway);
  try {
    process.exitCode = await foundCommand(ports, rest);
  } finally {
    await ports.db.destroy();
  }
} else await startService(gateway);
