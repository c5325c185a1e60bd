import { getContent } from '#content-store/content-store';
import { instant } from '#domain/instant';
import type { ServicePorts } from '#service-runtime/ports';
import { findEarlierPlaces, findEffectAt, isCurrentRound } from '../persistence/channel-delivery.queries.js';
import type { DeliveredRound } from '../persistence/channel-delivery.repository.js';
import { findJob } from '../persistence/publication-job.repository.js';
import { publicPath } from '../domain/public-address.js';
import { type DeliveryAct } from '../domain/channel-delivery.js';
import { inclusionOf } from '../publish/log-files.js';
import { isTreeDefect, proveTree } from '../publish/page-tree.js';
import type { SiteFolder } from '../site/site-folder.js';
import type { Parcel } from './channel.js';
import { ChannelFault } from './channel-fault.js';

/** What making a parcel needs. `origin`: of the public site. */
export interface ParcelPorts extends Pick<ServicePorts, 'db' | 'trust' | 'crypto'> {
  readonly folder: SiteFolder;
  readonly origin: string;
}

/**
 * What a channel is to show or take back, from the files of the own site, proved anew: nothing leaves for a channel that readers
 * of the own site would not be shown. Throws ChannelFault `source_not_ready` while they are not what the rows say.
 */
export async function parcelOf(
  ports: ParcelPorts,
  of: DeliveredRound & { readonly channel: string; readonly act: DeliveryAct },
): Promise<Parcel> {
  const { db, folder, origin } = ports;
  const job = await findJob(db, of.case, of.round);
  const at = await findEffectAt(db, of.case, of.round);
  const tree = job?.pageTree == null ? undefined : await folder.readTree(job.pageTree);
  if (job?.receipt == null || tree === undefined || at === undefined) throw new ChannelFault('source_not_ready');
  const inclusion = await inclusionOf(ports, job);
  const found = proveTree(tree, { ...ports, placeOf: () => inclusion });
  if (isTreeDefect(found)) throw new ChannelFault('source_not_ready');
  const isEdition = found.shows === 'edition';
  const { seal, notice } = isEdition ? found.proven : found.withdrawal;
  const isRight = seal.case === of.case && seal.document === of.document && seal.edition === of.edition;
  if (!isRight || isEdition !== (of.act === 'show')) throw new ChannelFault('source_not_ready');
  const { organ, year, kind, content } = seal;
  const organName = isEdition ? found.proven.edition.organ.name : found.withdrawal.organName;
  const report = isEdition ? found.proven.edition.report : null;
  return {
    id: `${of.channel}.${of.case}.${of.round}`,
    act: of.act,
    isCurrent: await isCurrentRound(db, of),
    kind,
    document: of.document,
    case: of.case,
    round: of.round,
    edition: of.edition,
    organ,
    organName,
    year,
    title: report?.title ?? `${organName}${year}年政府信息公开工作年度报告`,
    content,
    url: `${origin}${publicPath(organ, year)}`,
    at: instant(at),
    tree,
    receipt: await getContent(db, job.receipt),
    report,
    notice,
    earlier: await findEarlierPlaces(db, of),
  };
}
