import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { PORTS, type ServicePorts } from '#service-runtime/ports';
import { Public } from '#service-runtime/public.decorator';
import type { TurnFigures } from './domain/reading-turns.js';
import { readWatchReport } from './monitor/watch-report.js';
import { type ChannelMetric, measureChannels } from './persistence/channel-delivery.queries.js';
import { PUBLISHING, type Publishing } from './publishing.js';

/** Figures for Prometheus on the service's private address: names of channels and counts, nothing of any report. */
@Controller('metrics')
export class MetricsController {
  constructor(
    @Inject(PORTS) private readonly ports: ServicePorts,
    @Inject(PUBLISHING) private readonly publishing: Publishing,
  ) {}

  @Public()
  @Get()
  async metrics(@Res() reply: FastifyReply): Promise<void> {
    const names = this.publishing.opened.channels.map(({ name }) => name);
    const channels = channelMetrics(await measureChannels(this.ports.db, names));
    await reply
      .type('text/plain; version=0.0.4; charset=utf-8')
      .send(`${channels}${turnMetrics(await this.turnFigures())}`);
  }

  /** Those of this process's sweeps, and the monitor's as it wrote them last. */
  private async turnFigures(): Promise<ReadonlyMap<string, TurnFigures>> {
    const { ports, turns } = this.publishing;
    const found = new Map(Object.entries(turns).map(([sweep, one]) => [sweep, one.figures()]));
    const written = await ports.folder.readWatch();
    const monitor = written && readWatchReport(written)?.turns;
    return monitor === undefined ? found : found.set('monitor', monitor);
  }
}

/** Channels' figures in the text format of Prometheus 0.0.4. Names of channels are `[a-z0-9-]`, so nothing is escaped. */
export function channelMetrics(found: readonly ChannelMetric[]): string {
  const gauge = (name: string, help: string, valueOf: (one: ChannelMetric) => number): string =>
    gaugeOf(
      name,
      help,
      found.map((one) => `channel="${one.channel}"} ${valueOf(one)}`),
    );
  return [
    gauge('sunward_channel_queued', 'Deliveries that wait for the channel.', ({ queued }) => queued),
    gauge('sunward_channel_failed', 'Of these, those whose last attempt failed.', ({ failed }) => failed),
    gauge('sunward_channel_prepared', 'Drafts that wait for a person to post them.', ({ prepared }) => prepared),
    gauge('sunward_channel_delivered', 'Deliveries the channel proved to have.', ({ delivered }) => delivered),
    gauge(
      'sunward_channel_oldest_seconds',
      'How long the oldest delivery waits for the channel.',
      ({ oldestSeconds }) => oldestSeconds,
    ),
  ].join('');
}

/** How long an altered public file may stay unseen, by the sweep that reads it. */
function turnMetrics(found: ReadonlyMap<string, TurnFigures>): string {
  const gauge = (name: string, help: string, valueOf: (one: TurnFigures) => number): string =>
    gaugeOf(
      name,
      help,
      [...found].map(([sweep, one]) => `sweep="${sweep}"} ${valueOf(one)}`),
    );
  return [
    gauge('sunward_proof_total', 'Public editions, or addresses, that are read again and again.', ({ total }) => total),
    gauge('sunward_proof_budget', 'How many of them a round reads in turn.', ({ budget }) => budget),
    gauge(
      'sunward_proof_worst_seconds',
      'After how long any alteration has been found.',
      ({ worstSeconds }) => worstSeconds,
    ),
    gauge(
      'sunward_proof_oldest_seconds',
      'How long ago the one that waits longest was read.',
      ({ oldestSeconds }) => oldestSeconds,
    ),
  ].join('');
}

function gaugeOf(name: string, help: string, values: readonly string[]): string {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...values.map((value) => `${name}{${value}`), ''].join(
    '\n',
  );
}
