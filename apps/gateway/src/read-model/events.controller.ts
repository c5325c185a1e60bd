import { Controller, type MessageEvent, Sse } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Observable } from 'rxjs';
import { ChangeNotice } from '#contracts/http/gateway.api';
import { CurrentSession } from '../access/session.guard.js';
import type { Session } from '../access/session.repository.js';
import { ChangeFeed } from './change-feed.js';

/** Server-sent events: something changed, look again. */
@ApiTags('lists')
@Controller('api/v1/events')
export class EventsController {
  constructor(private readonly feed: ChangeFeed) {}

  @Sse()
  @ApiOperation({ summary: 'Each event is a ChangeNotice: document, case, kind. Nothing else, and no history.' })
  @ApiResponse({ status: 200, standardSchema: ChangeNotice })
  events(@CurrentSession() session: Session): Observable<MessageEvent> {
    return this.feed.streamFor(session);
  }
}
