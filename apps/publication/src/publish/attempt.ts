import type { Defect } from '#evidence/defect';
import type { EditionDocument } from '#report/edition';
import type { ServicePorts } from '#service-runtime/ports';
import type { ChannelFacts } from '../channels/channel.js';
import type { SiteIdentity } from '../pages/page-facts.js';
import type { JobEnd } from '../persistence/publication-job.repository.js';
import type { SiteFolder } from '../site/site-folder.js';
import type { StepDefect } from './attempt-trail.js';
import type { DerivedFiles } from './derived-files.js';
import type { RenderedAhead } from './rendered-ahead.js';

/** What publishing needs of the process. `origin`: where the public site answers, without a slash at the end. */
export interface PublishPorts extends Pick<ServicePorts, 'service' | 'epoch' | 'db' | 'signer' | 'trust' | 'crypto'> {
  readonly folder: SiteFolder;
  readonly ahead: RenderedAhead;
  readonly derived: DerivedFiles;
  readonly origin: string;
  readonly identity: SiteIdentity;
  /** The office's policy: nothing goes live before the log proves the entry of its last signature. */
  readonly requireInclusion: boolean;
  /** Where editions go beside the own site. */
  readonly channels: readonly ChannelFacts[];
}

/**
 * Why an attempt did not come to its end. `data`: what fills the sentence of its code beside where it is and what was found; `read`: SHA-256 of other
 * bytes than were written that the address gave for the file `where`.
 */
export type AttemptDefect = Defect & { readonly data?: StepDefect['data']; readonly read?: string };

/** How an attempt ended. `later`: nothing is wrong for good, try again. `lost`: another publisher has the job now. `shown`: what became public. */
export type Attempt =
  | { readonly outcome: JobEnd | 'lost'; readonly shown?: EditionDocument }
  | { readonly outcome: 'held' | 'later'; readonly defect: AttemptDefect };
