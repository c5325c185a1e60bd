import { startService } from '#service-runtime/start-service';
import { ledger } from './service-definition.js';

await startService(ledger);
