import { APP_GUARD } from '@nestjs/core';
import { runInTransaction } from '#persistence/transaction';
import type { ServiceDefinition } from '#service-runtime/start-service';
import { PasswordGate } from './access/password-gate.js';
import { SessionController } from './access/session.controller.js';
import { SessionGuard } from './access/session.guard.js';
import { SessionsController } from './access/sessions.controller.js';
import { migrations, tables } from './data-source.js';
import { DeputiesController } from './directory/deputies.controller.js';
import { HandOversController } from './directory/hand-overs.controller.js';
import { tellRevocations } from './directory/revoke-deputy.use-case.js';
import { DirectoryController } from './directory/directory.controller.js';
import { ProposalsController } from './directory/proposals.controller.js';
import { recordKeyChanges } from './directory/record-key-changes.js';
import { RouteTemplatesController } from './directory/route-templates.controller.js';
import { inbound } from './inbound.js';
import { NoticesController } from './notices/notices.controller.js';
import { noticeSweeps } from './notices/sweep-notices.js';
import { noticeMeans } from './notices/tell.js';
import { ConsoleController } from './pages/console.controller.js';
import { PasskeysController } from './passkeys/passkeys.controller.js';
import { HealthController } from './pages/health.controller.js';
import { LandingController } from './pages/landing.controller.js';
import { PresenceController } from './presence/presence.controller.js';
import { AlarmsController } from './proxy/alarms.controller.js';
import { BulkSigningController } from './proxy/bulk-signing.controller.js';
import { DraftingController } from './proxy/drafting.controller.js';
import { PublicActsController } from './proxy/public-acts.controller.js';
import { NotesController } from './proxy/notes.controller.js';
import { PublicationController } from './proxy/publication.controller.js';
import { ApprovalController, ReviewController } from './proxy/leg.controller.js';
import { OpinionByLinkController } from './proxy/opinion-by-link.controller.js';
import { ServiceDoor } from './proxy/service-door.js';
import { SuggestionsController } from './proxy/suggestions.controller.js';
import { WritingController } from './proxy/writing.controller.js';
import { configurePublicDoor } from './public-door.js';
import { ChangeFeed } from './read-model/change-feed.js';
import { EventsController } from './read-model/events.controller.js';
import { DeadlinesController } from './read-model/deadlines.controller.js';
import { ListsController } from './read-model/lists.controller.js';
import { NamesController } from './read-model/names.controller.js';
import { RatificationsController } from './read-model/ratifications.controller.js';
import { SetupController } from './setup/setup.controller.js';

/** The gateway: the only public door. Its own guard admits sessions instead of caller assertions. */
export const gateway: ServiceDefinition<'gateway'> = {
  service: 'gateway',
  tables,
  migrations,
  providers: [{ provide: APP_GUARD, useClass: SessionGuard }, PasswordGate, ServiceDoor, ChangeFeed],
  controllers: [
    LandingController,
    ConsoleController,
    HealthController,
    SetupController,
    SessionController,
    SessionsController,
    ListsController,
    DeadlinesController,
    NamesController,
    RatificationsController,
    EventsController,
    NoticesController,
    AlarmsController,
    DirectoryController,
    ProposalsController,
    RouteTemplatesController,
    HandOversController,
    DeputiesController,
    PasskeysController,
    DraftingController,
    PublicActsController,
    ReviewController,
    ApprovalController,
    BulkSigningController,
    OpinionByLinkController,
    NotesController,
    SuggestionsController,
    WritingController,
    PresenceController,
    PublicationController,
  ],
  inbound: () => inbound,
  sweeps: (ports) => [
    { name: 'key-changes', everyMs: ports.environment.sweepMs, run: () => recordKeyChanges(ports) },
    ...noticeSweeps(ports.db, noticeMeans()),
    { name: 'deputies', everyMs: ports.environment.sweepMs, run: () => runInTransaction(ports.db, tellRevocations) },
  ],
  configure: configurePublicDoor,
};
