// Defects planted one at a time in a copy of the source; each must turn the named test red. `from` occurs once in its file.

const simulation = {
  project: 'unit',
  file: 'libs/signoff/src/signoff-simulation.spec.ts',
  name: 'keep every promise',
  env: { HISTORIES: '2500', SEED: '1', UNSHRUNK: 'yes' },
};
const integration = (file, name, env = {}) => ({
  project: 'integration',
  file: `test/integration/${file}.int-spec.ts`,
  name,
  env,
});
const unit = (file, name) => ({ project: 'unit', file, name, env: {} });

/** @type {readonly { id: string, what: string, file: string, from: string, to: string, test: { project: string, file: string, name: string, env: Record<string, string> } }[]} */
export const planted = [
  {
    id: 'M1', what: 'the case row is read and not locked', file: 'libs/signoff/src/leg-case.repository.ts',
    from: '`UPDATE leg_case SET turn = turn + 1 WHERE case_id = $1 AND current RETURNING ${CASE_COLUMNS}, clock_timestamp() AS locked_at`',
    to: '`SELECT ${CASE_COLUMNS}, clock_timestamp() AS locked_at FROM leg_case WHERE case_id = $1 AND current`',
    test: integration('signoff-pairs', 'READ COMMITTED two sign the last two seats', { PAIRS: '40' }),
  },
  {
    id: 'M2', what: 'the digest that is signed is not compared', file: 'libs/signoff/src/leg-rules.ts',
    from: 'isSameStatement: (signed, present) => signed === present', to: 'isSameStatement: (signed) => signed.length > 0', test: simulation,
  },
  {
    id: 'M3', what: 'the files beside a report are left out of the bytes that are signed', file: 'libs/report/src/edition.ts',
    from: '  return canonicalBytes(document);\n}\n\n/**', to: '  return canonicalBytes({ ...document, attachments: [] });\n}\n\n/**', test: unit('libs/report/src/edition.spec.ts', ''),
  },
  {
    id: 'M4', what: 'a person is known by account: who signed already may sign again', file: 'libs/signoff/src/separation-of-duties.ts',
    from: 'new Set([...taken.contributors, ...taken.counted])', to: 'new Set(taken.contributors)', test: simulation,
  },
  {
    id: 'M5', what: 'of the contributors only the submitter is excluded', file: 'libs/signoff/src/leg-rules.ts',
    from: 'contributors: [legCase.round.submitter, ...legCase.round.contributors],', to: 'contributors: [legCase.round.submitter],', test: simulation,
  },
  {
    id: 'M6', what: 'a message is done when it is put into the queue', file: 'libs/outbox/src/relay.ts',
    from: 'update outbox o set attempts = o.attempts + 1,', to: 'update outbox o set acked_at = clock_timestamp(), attempts = o.attempts + 1,',
    test: integration('outbox-delivery', 'loses nothing and repeats nothing when the queue is emptied'),
  },
  {
    id: 'M7', what: 'a packet sent again has the id of its first sending', file: 'libs/outbox/src/postman.ts',
    from: 'const id = randomUUID();', to: 'const id = messages[0]?.id ?? randomUUID();',
    test: integration('outbox-delivery', 'under another id'),
  },
  {
    id: 'M8', what: 'a message under a number used before counts as known', file: 'libs/outbox/src/inbox.ts',
    from: 'if (!(await known(tx, message.id)))', to: 'if (!(await known(tx, message.id)) && head < 0)',
    test: integration('outbox-hostile', 'a second message under a used number'),
  },
  {
    id: 'M9', what: 'the epoch of a packet is not looked at', file: 'libs/outbox/src/packet-seal.ts',
    from: 'if (packet.epoch !== epoch)', to: 'if (packet.epoch !== epoch && epoch.length === 0)', test: integration('outbox-hostile', 'a packet of another epoch'),
  },
  {
    id: 'M10', what: 'nothing in the table keeps an edition from being published twice', file: 'apps/publication/src/migrations/1795660000000-kinds-of-case.migration.ts',
    from: "CREATE UNIQUE INDEX publication_job_published_once ON publication_job (document, edition)\n      WHERE state IN ('live', 'superseded', 'withdrawn')", to: "CREATE INDEX publication_job_published_once ON publication_job (document, edition)\n      WHERE state IN ('live', 'superseded', 'withdrawn')",
    test: integration('publication', 'the table itself holds an edition to one publication'),
  },
  {
    id: 'M11', what: 'the pointer moves whatever it points at', file: 'apps/publication/src/persistence/live-pointer.repository.ts',
    from: 'AND (live.edition < excluded.edition', to: 'AND (live.edition <> -1', test: integration('live-pointer', 'goes upward only'),
  },
  {
    id: 'M12', what: 'publication believes the message and the seal, and verifies no bundle', file: 'apps/publication/src/publish/publication-proof.ts',
    from: 'inclusion === undefined ? {} : { inclusion });\n  if (!verdict.ok) return defect(', to: "inclusion === undefined ? {} : { inclusion });\n  if (!verdict.ok && verdict.defect.code === 'bad_shape') return defect(", test: integration('publication', 'a bundle that does not prove itself'),
  },
  {
    id: 'M13', what: 'a packet whose consumer was killed over it twice is given up', file: 'libs/messaging/src/packet-worker.ts',
    from: 'maxStalledCount: 1000,', to: 'maxStalledCount: 1,',
    test: integration('outbox-delivery', 'however often its consumer was killed'),
  },
  {
    id: 'M14', what: 'what is done is written down, or not', file: 'libs/signoff/src/settle-leg.ts',
    from: '  await enterInLedger(tx, saved, ports, { ...cause, outcome: ACCEPTED, events });', to: "  if (cause.action !== 'take-back') await enterInLedger(tx, saved, ports, { ...cause, outcome: ACCEPTED, events });",
    test: integration('signoff-replay', 'gives the rows of both legs'),
  },
  {
    id: 'M15', what: 'whoever may read a case answers what somebody else was asked', file: 'libs/signoff/src/use-cases/beside-the-case.use-case.ts',
    from: ' || asked.person !== by.person)', to: ')', test: integration('signoff-beside', 'an opinion'),
  },
  {
    id: 'M16', what: 'a route that leaves out the secrecy review is lawful', file: 'libs/evidence/src/route-law.ts',
    from: "return stages.some(({ duty }) => duty === 'secrecy') ? null : 'no stage has the duty of secrecy review';", to: 'return stages.length > 0 ? null : kind;', test: unit('libs/evidence/src/route-law.spec.ts', ''),
  },
  {
    id: 'M17', what: 'an SM2 signature is read without the bounds of its numbers', file: 'libs/evidence/src/sm2.ts',
    from: 'if (r === 0n || s === 0n || r >= CURVE.n || s >= CURVE.n) return false;', to: 'if (r === 0n || s === 0n) return false;', test: unit('libs/evidence/src/sm2.spec.ts', ''),
  },
  {
    id: 'M18', what: 'the key that is named decides, whoever holds it', file: 'libs/evidence/src/trust.ts',
    from: 'key.holder === `service:${service}` && key.purpose === purpose', to: 'service.length > 0 && key.purpose === purpose', test: unit('libs/evidence/src/verify-bundle.spec.ts', ''),
  },
  {
    id: 'M19', what: 'a passkey signs whatever it was asked', file: 'libs/evidence/src/verify-passkey.ts',
    from: 'if (challenge !== wanted)', to: 'if (typeof challenge !== typeof wanted)', test: unit('libs/evidence/src/verify-passkey.spec.ts', 'over another statement'),
  },
  {
    id: 'M20', what: 'a passkey may be asked by any page', file: 'libs/evidence/src/verify-passkey.ts',
    from: 'if (origin !== passkey.origin || framed)', to: 'if (framed)', test: unit('libs/evidence/src/verify-passkey.spec.ts', 'asked for by another page'),
  },
  {
    id: 'M21', what: 'a passkey made for another site is good', file: 'libs/evidence/src/verify-passkey.ts',
    from: 'if (rpIdHash !== crypto.sha256(new TextEncoder().encode(rpId)))', to: 'if (rpIdHash.length !== 64)', test: unit('libs/evidence/src/verify-passkey.spec.ts', 'made for another site'),
  },
  {
    id: 'M22', what: 'the authenticator need not know who is there', file: 'libs/evidence/src/verify-passkey.ts',
    from: 'if ((flags & USER_VERIFIED) === 0)', to: 'if (flags < 0)', test: unit('libs/evidence/src/verify-passkey.spec.ts', 'with anybody there'),
  },
  {
    id: 'M23', what: 'somebody else’s passkey signs for me', file: 'libs/evidence/src/verify-decision.ts',
    from: 'if (passkey.person !== seat.actor)', to: 'if (passkey.person === \'\')', test: unit('libs/evidence/src/verify-passkey.spec.ts', 'of somebody else'),
  },
  {
    id: 'M24', what: 'whoever keeps the registration need not show who sent it', file: 'libs/evidence/src/verify-passkey-registration.ts',
    from: 'body: crypto.sha256(body) };', to: '};', test: unit('libs/evidence/src/verify-passkey.spec.ts', 'is refused'),
  },
  {
    id: 'M25', what: 'a revoked passkey signs on', file: 'libs/signoff/src/passkey-proof.ts',
    from: 'if (revokedAt !== null) return refuse(\'passkey_revoked\', { at: revokedAt });', to: 'if (revokedAt === passkey.at) return refuse(\'passkey_revoked\', { at });', test: unit('libs/signoff/src/passkey-proof.spec.ts', ''),
  },
  {
    id: 'M26', what: 'a copied authenticator goes unnoticed', file: 'libs/signoff/src/passkey-proof.ts',
    from: 'counter > last', to: 'counter >= 0', test: unit('libs/signoff/src/passkey-proof.spec.ts', ''),
  },
  {
    id: 'M60', what: 'a channel gets what the own site has not proved yet', file: 'apps/publication/src/persistence/channel-delivery.repository.ts',
    from: "THEN job.state IN ('live', 'done')", to: 'THEN job.state IS NOT NULL',
    test: integration('channel-deliveries', 'is sent nowhere before the own site proved it'),
  },
  {
    id: 'M61', what: 'two editions of a report are on their way to a channel at once', file: 'apps/publication/src/persistence/channel-delivery.repository.ts',
    from: 'AND other.document = due.document', to: 'AND other.document <> due.document',
    test: integration('channel-deliveries', 'is the last word'),
  },
  {
    id: 'M62', what: 'a worker without its lease records a receipt', file: 'apps/publication/src/persistence/channel-delivery.repository.ts',
    from: 'AND lease_token = $4 AND state = ANY ($8) RETURNING 1', to: 'AND ($4::uuid IS NOT NULL) AND state IS NOT NULL AND $8::text[] IS NOT NULL RETURNING 1',
    test: integration('channel-deliveries', 'killed between sending and receipt'),
  },
  {
    id: 'M63', what: 'what a later edition overtook is still sent', file: 'apps/publication/src/publish/record-effect.ts',
    from: 'if (toChannels !== null) await releaseDeliveries(tx, job, toChannels);', to: '',
    test: integration('channel-deliveries', 'makes an undelivered earlier one needless'),
  },
  {
    id: 'M64', what: 'a target that has a later edition is written over', file: 'apps/publication/src/channels/current-file.ts',
    from: 'if (isLater || isTakenBack)', to: 'if (isTakenBack)',
    test: unit('apps/publication/src/channels/current-file.spec.ts', ''),
  },
  {
    id: 'M65', what: 'a withdrawal leaves the editions at the target', file: 'apps/publication/src/channels/current-file.ts',
    from: 'edition <= parcel.edition : edition === parcel.edition', to: 'edition > parcel.edition : edition === parcel.edition',
    test: integration('folder-channel', 'keeps nothing of a withdrawn report'),
  },
  {
    id: 'M66', what: 'an export folder that is away is made', file: 'apps/publication/src/channels/folder-channel.ts',
    from: 'if (!isThere) throw new ChannelFault(\'folder_missing\');', to: '',
    test: integration('folder-channel', 'that is not mounted'),
  },
  {
    id: 'M67', what: 'a channel may be led to this machine', file: 'apps/publication/src/channels/outbound.ts',
    from: 'if (reach === \'forbidden\') throw', to: 'if (reach === \'forbidden\' && host === \'\') throw',
    test: integration('webhook-channel', 'not to an address of this machine'),
  },
  {
    id: 'M68', what: 'of several addresses of a name only the first is judged', file: 'apps/publication/src/channels/outbound.ts',
    from: 'for (const { address } of found) this.judge', to: 'for (const { address } of found.slice(0, 1)) this.judge',
    test: integration('webhook-channel', 'not to a name that also stands for this machine'),
  },
  {
    id: 'M69', what: 'plain http goes to the Internet', file: 'apps/publication/src/channels/outbound.ts',
    from: 'this.#plain = this.agent([\'listed\']);', to: 'this.#plain = this.agent([\'public\', \'listed\']);',
    test: integration('webhook-channel', 'not to a public name over plain http'),
  },
  {
    id: 'M70', what: 'any host may be sent to', file: 'apps/publication/src/channels/outbound.ts',
    from: 'if (!this.rules.hosts.includes(host))', to: 'if (host === \'\')',
    test: integration('webhook-channel', 'not to a host nobody listed'),
  },
  {
    id: 'M71', what: 'what the platform says it received is not compared', file: 'apps/publication/src/channels/webhook-channel.ts',
    from: 'if (received !== digest)', to: 'if (received === \'\')',
    test: integration('webhook-channel', 'says it received something else'),
  },
  {
    id: 'M72', what: 'each attempt is a message of its own', file: 'apps/publication/src/channels/parcel-of.ts',
    from: 'id: `${of.channel}.${of.case}.${of.round}`,', to: 'id: `${of.channel}.${of.case}.${of.round}.${Date.now()}`,',
    test: integration('webhook-channel', 'sees one message however often'),
  },
  {
    id: 'M73', what: 'an answer may be as large as it likes', file: 'apps/publication/src/channels/outbound.ts',
    from: 'if (size > mostBytes)', to: 'if (size < 0)',
    test: integration('webhook-channel', 'answers without end'),
  },
  {
    id: 'M74', what: 'current.json in the store is replaced whatever stands there', file: 'apps/publication/src/channels/s3-client.ts',
    from: '...(condition.over === \'nothing\' ? { \'if-none-match\': \'*\' } : {}),', to: '',
    test: integration('s3-channel', 'another writer changed meanwhile'),
  },
  {
    id: 'M75', what: 'what the store gives back is not compared', file: 'apps/publication/src/channels/s3-channel.ts',
    from: 'nodeCrypto.sha256(found.bytes) === nodeCrypto.sha256(bytes)', to: 'found.bytes.byteLength >= 0',
    test: integration('s3-channel', 'gives back other bytes'),
  },
  {
    id: 'M76', what: 'anybody confirms what was posted', file: 'apps/publication/src/delivery-rights.ts',
    from: 'return holds ? null : refuse(\'not_found\');', to: 'return null;',
    test: integration('delivery-acts', 'delivered by their word'),
  },
  {
    id: 'M78', what: 'a proof is known again by the length of the bundle', file: 'apps/publication/src/publish/publication-proof.ts',
    from: "'' : crypto.sha256(bytes))).join(' ');", to: "'' : bytes.byteLength)).join(' ');",
    test: unit('apps/publication/src/publish/publication-proof.spec.ts', 'other bytes of the same length'),
  },
  {
    id: 'M77', what: 'a draft nobody looked at can be confirmed', file: 'apps/publication/src/use-cases/confirm-posting.use-case.ts',
    from: 'if (found.receipt?.digest !== digest)', to: 'if (digest === \'\')',
    test: integration('delivery-acts', 'delivered by their word'),
  },
  {
    id: 'M27', what: 'the search quotes whatever stands on the disk', file: 'apps/publication/src/site/proven-pages.ts',
    from: 'if (bytes === undefined || this.ground.crypto.sha256(bytes) !== facts.content)', to: 'if (bytes === undefined)', test: integration('search', 'quoted from signed bytes'),
  },
  {
    id: 'M29', what: 'the gateway’s word is good for any path', file: 'libs/service-runtime/src/caller-assertion.ts',
    from: '    statement.path === request.path &&\n', to: '', test: integration('signoff-doors', 'an assertion for another path'),
  },
  {
    id: 'M30', what: 'a command refused at the door leaves no entry', file: 'libs/service-runtime/src/problem.filter.ts',
    from: 'if (sender === undefined || !isRefusedCommand) return problem;', to: 'if (sender === undefined || isRefusedCommand) return problem;', test: integration('signoff-doors', 'leaves one entry'),
  },
  {
    id: 'M31', what: 'one person fills the ledger with what cannot be read', file: 'libs/service-runtime/src/refused-at-door.ts',
    from: 'return counted.count <= MOST_A_MINUTE ? 0', to: 'return counted.count > 0 ? 0', test: integration('signoff-doors', 'looked at no more'),
  },
  {
    id: 'M32', what: 'whoever names a principal sees his cases', file: 'libs/signoff/src/enter-leg.ts',
    from: 'onBehalfOf !== null && isDeputy ?', to: 'onBehalfOf !== null && deputies.length >= 0 ?', test: integration('signoff-doors', 'learns by'),
  },
  {
    id: 'M33', what: 'what was decided under one directory is sealed under the next', file: 'apps/approval/src/use-cases/seal-case.use-case.ts',
    from: 'if (directory.document.version > leg.judgedBy)', to: 'if (directory.document.version < 0)', test: integration('directory-in-cases', 'adopted between the reading'),
  },
  {
    id: 'M34', what: 'news of an earlier round of a ratification confirms the emergency', file: 'apps/drafting/src/domain/public-act.ts',
    from: "act.case === effect.case && act.round === effect.round ? 'done'", to: "act.case === effect.case && act.round >= effect.round ? 'done'",
    test: integration('drafting-histories', ''),
  },
  {
    id: 'M35', what: 'a link for an opinion shows the text for ever', file: 'libs/signoff/src/use-cases/view-question.use-case.ts',
    from: 'if ((await databaseNow(handle)) >= expiresAt)', to: 'if (expiresAt < asked.askedAt)', test: integration('signoff-beside', 'by link shows the text'),
  },
  {
    id: 'M28', what: 'a withdrawn report stays in the search', file: 'apps/publication/src/publish/search-follow.ts',
    from: "else if ((await findPointer(tx, round.document))?.state !== 'live') await forgetEdition(tx, round.document);", to: '', test: integration('publication-kinds', 'never one that was replaced or taken back'),
  },
  {
    id: 'M36', what: 'an attempt that was killed runs for ever', file: 'apps/publication/src/domain/attempt-state.ts',
    from: "return isHeld ? 'running' : 'broken';", to: "return 'running';", test: integration('publication-steps', 'was broken off then'),
  },
  {
    id: 'M37', what: 'what a failed attempt did is not written down', file: 'apps/publication/src/publish/publisher.ts',
    from: 'retrySeconds(job.attempts))) await writeTrail(tx, job, trail);', to: 'retrySeconds(job.attempts))) return;',
    test: integration('publication-steps', 'stay with their cause'),
  },
  {
    id: 'M38', what: 'every round of a sweep starts from the beginning', file: 'apps/publication/src/domain/reading-turns.ts',
    from: '!this.#queue.delete(key)) return;', to: '!this.#queue.has(key)) return;', test: unit('apps/publication/src/domain/reading-turns.spec.ts', 'within the stated number of rounds'),
  },
  {
    id: 'M39', what: 'in a correction one more place may change without a reason', file: 'apps/drafting/src/domain/correction.ts',
    from: 'if (open.size === 0 && more.length === 0)', to: 'if (more.length === 0)', test: unit('apps/drafting/src/domain/correction.spec.ts', ''),
  },
  {
    id: 'M40', what: 'what is saved of a correction is not held against what is public', file: 'apps/drafting/src/correction-locks.ts',
    from: 'if (!isLocked(report)) return null;', to: 'if (report.lockedEdition >= 0) return null;', test: integration('drafting-corrections', ''),
  },
  {
    id: 'M41', what: 'files are made of other bytes than those they are kept under', file: 'apps/publication/src/publish/derived-files.ts',
    from: 'if (this.crypto.sha256(signed) !== content)', to: 'if (this.crypto.sha256(signed) === \'\')',
    test: unit('apps/publication/src/publish/derived-files.spec.ts', ''),
  },
  {
    id: 'M42', what: 'a sweep puts back what a page said before', file: 'apps/publication/src/publish/linking.ts',
    from: 'if (tree !== undefined && now?.pageTree !== tree) return false;', to: 'if (tree !== undefined && now === undefined) return false;',
    test: integration('publication-kinds', 'stays ratified under a sweep'),
  },
  {
    id: 'M43', what: 'an attempt that cannot be noted ends the process', file: 'apps/publication/src/publish/publisher.ts',
    from: 'this.log.fault(\'publication_attempt_not_noted\', unnoted, about),', to: 'Promise.reject(unnoted as Error),',
    test: integration('publication-faults', 'ends neither the publisher nor the site'),
  },
  {
    id: 'M44', what: 'a receipt is shown unproved', file: 'apps/publication/src/site/proven-receipts.ts',
    from: '&& !this.isProved(bytes, page)) return undefined;', to: '&& !this.isProved(bytes, page) && digest === \'\') return undefined;',
    test: integration('publication-site', 'a receipt publication did not sign'),
  },
  {
    id: 'M45', what: 'the list of a store is believed whatever it names', file: 'apps/publication/src/channels/s3-client.ts',
    from: 'page.keys.some((key) => !key.startsWith(prefix))', to: 'page.keys.includes(\'\')',
    test: integration('s3-channel', 'keys of somebody else'),
  },
  {
    id: 'M46', what: 'a public file is read however large it was made', file: 'apps/publication/src/site/plain-file.ts',
    from: 'found.size <= most', to: 'found.size >= 0',
    test: integration('hostile-disk', 'a file larger than any memory'),
  },
  {
    id: 'M47', what: 'what a cache gives of an earlier edition holds a correction', file: 'apps/publication/src/publish/show-edition.ts',
    from: 'name === where && digest === read', to: 'name === where && digest === where',
    test: integration('publication-kinds', 'that a cache still hides'),
  },
  {
    id: 'M48', what: 'a page that is held is shown at any address', file: 'apps/publication/src/site/proven-pages.ts',
    from: 'return page === undefined || misplaced(factsOf(page), address) !== null ? undefined : page;', to: 'return page;',
    test: integration('publication-site', 'at an address it was not signed for'),
  },
  {
    id: 'M49', what: 'a link is read once and for all', file: 'apps/publication/src/site/once-a-turn.ts',
    from: 'setImmediate(() => found.clear());', to: 'found.clear();', test: unit('apps/publication/src/site/once-a-turn.spec.ts', ''),
  },
  {
    id: 'M50', what: 'readers of the site may read whatever publication has', file: 'scripts/migrate.mjs',
    from: 'grant select on publication.search_entry, publication.schema_migration to', to: 'grant select on all tables in schema publication to',
    test: integration('roles', 'exactly the rights declared here'),
  },
  {
    id: 'M51', what: 'readers of the site are started with the secrets of publication', file: 'libs/service-runtime/src/reader-environment.ts',
    from: "name in readerVariables.shape || name === 'SUNWARD_SITE_DIR' || OF_THE_SYSTEM.test(name);", to: "name !== '';",
    test: unit('libs/service-runtime/src/reader-environment.spec.ts', ''),
  },
  {
    id: 'M52', what: 'a superior takes the slot of a person who has no other', file: 'libs/evidence/src/verify-seats.ts',
    from: 'signed.toSorted((a, b) => (a.as ? 1 : 0) - (b.as ? 1 : 0))', to: 'signed',
    test: unit('libs/evidence/src/verify-present-form.spec.ts', 'before another named person'),
  },
]; // prettier-ignore
