const [command, ...rest] = process.argv.slice(2);

// Imported when needed: founding uses neither Nest nor the queue, and most of a start is loading code.
if (command === 'found') {
  const { runFoundCommand } = await import('./setup/found-command.js');
  process.exitCode = await runFoundCommand(rest);
} else {
  const { startService } = await import('#service-runtime/start-service');
  const { gateway } = await import('./service-definition.js');
  await startService(gateway);
}
