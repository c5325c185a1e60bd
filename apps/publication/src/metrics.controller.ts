import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { PORTS, type ServicePorts } from '#service-runtime/ports';
import { Public } from '#service-runtime/public.decorator';
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
    const text = channelMetrics(await measureChannels(this.ports.db, names));
    await reply.type('text/plain; version=0.0.4; charset=utf-8').send(text);
  }
}

/** Channels' figures in the text format of Prometheus 0.0.4. Names of channels are `[a-z0-9-]`, so nothing is escaped. */
export function channelMetrics(found: readonly ChannelMetric[]): string {
  const gauge = (name: string, help: string, valueOf: (one: ChannelMetric) => number): string =>
    [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} gauge`,
      ...found.map((one) => `${name}{channel="${one.channel}"} ${valueOf(one)}`),
    ].join('\n');
  return `${[
    gauge('sunward_channel_queued', 'Deliveries that wait for the channel.', ({ queued }) => queued),
    gauge('sunward_channel_failed', 'Of these, those whose last attempt failed.', ({ failed }) => failed),
    gauge('sunward_channel_prepared', 'Drafts that wait for a person to post them.', ({ prepared }) => prepared),
    gauge('sunward_channel_delivered', 'Deliveries the channel proved to have.', ({ delivered }) => delivered),
    gauge(
      'sunward_channel_oldest_seconds',
      'How long the oldest delivery waits for the channel.',
      ({ oldestSeconds }) => oldestSeconds,
    ),
  ].join('\n')}\n`;
}
