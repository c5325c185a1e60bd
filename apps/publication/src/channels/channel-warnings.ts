import { causeText } from '#contracts/channel-causes';
import type { Handle } from '#persistence/sql';
import type { Unfit } from '#service-runtime/ports';
import { findFailing } from '../persistence/channel-delivery.queries.js';
import type { ChannelFacts } from './channel.js';

/** What readiness says of channels that keep failing: the own site does not depend on them, so it stays ready. */
export async function channelWarnings(handle: Handle, channels: readonly ChannelFacts[]): Promise<readonly Unfit[]> {
  const failing = await findFailing(
    handle,
    channels.map(({ name }) => name),
  );
  return failing.map(({ channel: name, deliveries, defect, defectData }) => {
    const { zh, en, mendZh, mendEn } = causeText(defect, defectData ?? {});
    const title = channels.find((channel) => channel.name === name)?.title ?? { zh: name, en: name };
    return {
      code: 'channel_failing',
      zh: `渠道“${title.zh}”有 ${deliveries} 项送不出去：${zh}。${mendZh}`,
      en: `channel “${title.en}”: ${deliveries} deliveries do not arrive: ${en}. ${mendEn}`,
    };
  });
}
