import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { barrier } from '../support/gate.js';
import { PEOPLE, type Person, SignoffWorld, type Submitted } from '../support/signoff-world.js';
import { getContent } from '#content-store/content-store';
import { isRefusal } from '#domain/decision';
import { instant } from '#domain/instant';
import { canonicalBytes } from '#evidence/canonical';
import { nodeCrypto } from '#evidence/node-crypto';
import type { DirectoryDocument } from '#evidence/statements';
import { verifyBundle } from '#evidence/verify-bundle';
import { NO_REPORT } from '#ledger/record-entry';
import { row } from '#persistence/sql';
import { viewLeg } from '#signoff/use-cases/view-leg.use-case';

// One test that runs on past its time would change the directory under the next.
jest.setTimeout(60_000);

let database: TestDatabase;
let world: SignoffWorld;

beforeAll(async () => {
  database = await testDatabase();
  world = await SignoffWorld.open((service) => database.url(service));
}, 60_000);
afterAll(async () => {
  await world?.close();
  await database?.drop();
});

const now = () => instant(new Date());
const ending = (document: DirectoryDocument, person: Person): DirectoryDocument['grants'] =>
  document.grants.map((grant) =>
    grant.person === PEOPLE[person] && grant.until === null ? { ...grant, until: now() } : grant,
  );
const again = (person: Person, role: string): DirectoryDocument['grants'][number] => ({
  person: PEOPLE[person],
  role,
  organ: 'xiangyang',
  from: now(),
  until: null,
});

async function signReview(submitted: Submitted): Promise<void> {
  await world.sign('review', submitted, 'reviewer', await world.signable('review', submitted, 'reviewer'));
  await world.deliver();
}
async function signBoth(submitted: Submitted): Promise<string | undefined> {
  for (const person of ['principalOne', 'principalTwo'] as const) {
    const outcome = await world.sign(
      'approval',
      submitted,
      person,
      await world.signable('approval', submitted, person),
    );
    expect(isRefusal(outcome)).toBe(false);
  }
  return (await world.state('approval', submitted))?.bundle ?? undefined;
}
async function verdictOf(bundle: string | undefined): Promise<unknown> {
  return verifyBundle(await getContent(world.legs.approval, bundle ?? ''), world.trust, nodeCrypto);
}

it('a leg that adopts a directory leaves one entry, with its version and digest, and none for one it has', async () => {
  const adoptions = async (): Promise<{ seq: number; said: string }[]> => {
    const all = await database.sql<{ seq: number; said: string }>(
      `SELECT seq, convert_from(bytes, 'UTF8') AS said FROM review.ledger_entry WHERE report = $1 ORDER BY seq`,
      [NO_REPORT],
    );
    return all.filter(({ said }) => said.includes('adopt-directory'));
  };
  await world.changeDirectory(() => ({}));
  const [found] = await database.sql<{ version: number; digest: string }>(
    'SELECT version, digest FROM review.directory_copy ORDER BY version DESC LIMIT 1',
  );
  const left = await adoptions();
  const { digests, ...entry } = JSON.parse(left.at(-1)!.said) as { digests: Record<string, string> };
  expect(entry).toMatchObject({ action: 'review.adopt-directory', actor: 'service:review', outcome: 'accepted' });
  expect(digests['directory']).toBe(found!.digest);
  const [body] = await database.sql<{ body: string }>(
    `SELECT convert_from(bytes, 'UTF8') AS body FROM review.ledger_body WHERE digest = $1`,
    [digests['events']],
  );
  expect(JSON.parse(body!.body)).toEqual({ version: found!.version });
  await world.handle('review', 'gateway.directory-published', { version: found!.version, directory: found!.digest });
  expect(await adoptions()).toEqual(left);
});

describe('a case begun under a route', () => {
  it('ends under it, though the route was retired between submission and last signature (B-54)', async () => {
    const submitted = await world.submit();
    await world.changeDirectory(({ routes }) => ({ routes: routes.map((route) => ({ ...route, until: now() })) }));
    await signReview(submitted);
    expect(await verdictOf(await signBoth(submitted))).toMatchObject({ ok: true });
  });

  it('submitted after the route was retired is opened by nobody', async () => {
    await expect(world.submit()).rejects.toThrow('lists no route');
    await world.changeDirectory(() => ({}));
    expect((await world.submit()).round).toBe(1);
  });
});

describe('a signature given in office', () => {
  it('stands after its signer has left', async () => {
    const submitted = await world.submit();
    await signReview(submitted);
    await world.changeDirectory((document) => ({
      grants: ending(document, 'reviewer'),
      persons: document.persons.map((one) => (one.id === PEOPLE.reviewer ? { ...one, active: false } : one)),
    }));
    expect(await verdictOf(await signBoth(submitted))).toMatchObject({ ok: true });
    await world.changeDirectory((document) => ({
      grants: [...document.grants, again('reviewer', 'reviewer')],
      persons: document.persons.map((one) => ({ ...one, active: true })),
    }));
  });

  it('can be given by nobody once everybody of the office is gone (B-55), and the case names the empty seat', async () => {
    const submitted = await world.inApproval();
    const shown = await world.signable('approval', submitted, 'principalTwo');
    await world.changeDirectory((document) => ({
      grants: ending({ ...document, grants: ending(document, 'principalOne') }, 'principalTwo'),
    }));
    expect(await world.sign('approval', submitted, 'principalTwo', shown)).toMatchObject({
      refused: expect.stringMatching(/not_eligible|not_found/),
    });
    await world.changeDirectory((document) => ({
      grants: [...document.grants, again('principalOne', 'principal'), again('principalTwo', 'principal')],
    }));
    expect(await verdictOf(await signBoth(submitted))).toMatchObject({ ok: true });
  });
});

describe('a deputy', () => {
  it('signs for his principal, and the bundle proves by what right', async () => {
    await world.entrust('principalOne', 'stranger', 'principal');
    const submitted = await world.inApproval();
    const shown = await world.signable('approval', submitted, 'stranger');
    expect(shown.onBehalfOf).toBe(PEOPLE.principalOne);
    expect(isRefusal(await world.sign('approval', submitted, 'stranger', shown))).toBe(false);
    const own = await viewLeg(world.legs.approval, submitted.case, PEOPLE.principalOne, nodeCrypto);
    expect(isRefusal(own) ? own : own.signable).toEqual([]);
    const other = await world.signable('approval', submitted, 'principalTwo');
    expect(isRefusal(await world.sign('approval', submitted, 'principalTwo', other))).toBe(false);
    const verdict = await verdictOf((await world.state('approval', submitted))?.bundle ?? undefined);
    expect(verdict).toMatchObject({
      ok: true,
      summary: {
        seats: expect.arrayContaining([
          expect.objectContaining({ actor: PEOPLE.stranger, onBehalfOf: PEOPLE.principalOne }),
        ]),
      },
    });
  });

  it('whose grant is revoked while he signs either has signed before, or is refused', async () => {
    const outcomes = new Set<string>();
    for (let n = 0; n < 30; n += 1) {
      await database.sql('UPDATE approval.deputy_copy SET revoked_at = now() WHERE revoked_at IS NULL');
      const grant = await world.entrust('principalOne', 'stranger', 'principal');
      const submitted = await world.inApproval();
      const shown = await world.signable('approval', submitted, 'stranger');
      const gate = barrier(2);
      const revoke = async (): Promise<void> => {
        await gate();
        await world.handle('approval', 'gateway.deputy-revoked', { id: grant, at: now() });
      };
      const [outcome] = await Promise.all([world.sign('approval', submitted, 'stranger', shown, gate), revoke()]);
      const refused = isRefusal(outcome) ? outcome.refused : 'signed';
      outcomes.add(refused);
      expect(['signed', 'not_eligible', 'not_found']).toContain(refused);
      const kept = await row(
        world.legs.approval,
        'SELECT 1 FROM leg_decision d JOIN leg_case c ON c.id = d.leg_case WHERE c.case_id = $1 AND d.on_behalf_of IS NOT NULL',
        [submitted.case],
      );
      expect(kept !== undefined).toBe(refused === 'signed');
      expect(await world.sign('approval', submitted, 'stranger', shown)).toMatchObject({ refused: expect.any(String) });
    }
    expect(outcomes.size).toBeGreaterThan(0);
  }, 120_000);

  it('whose principal has lost the office signs no more', async () => {
    await database.sql('UPDATE approval.deputy_copy SET revoked_at = now() WHERE revoked_at IS NULL');
    await world.entrust('principalTwo', 'stranger', 'principal');
    const submitted = await world.inApproval();
    const shown = await world.signable('approval', submitted, 'stranger');
    await world.changeDirectory((document) => ({ grants: ending(document, 'principalTwo') }));
    expect(await world.sign('approval', submitted, 'stranger', shown)).toMatchObject({
      refused: expect.stringMatching(/not_eligible|not_found/),
    });
    await world.changeDirectory((document) => ({ grants: [...document.grants, again('principalTwo', 'principal')] }));
  });
});

describe('a directory adopted between the reading of the last signature and its seal', () => {
  /** The last signature, with a directory adopted once in the middle of it. */
  async function lastSignature(
    change: (document: DirectoryDocument) => Partial<DirectoryDocument>,
  ): Promise<{ outcome: unknown; begun: number; submitted: Submitted }> {
    const submitted = await world.inApproval();
    await world.sign(
      'approval',
      submitted,
      'principalOne',
      await world.signable('approval', submitted, 'principalOne'),
    );
    const shown = await world.signable('approval', submitted, 'principalTwo');
    let begun = 0;
    const beforeSeal = async (): Promise<void> => {
      begun += 1;
      if (begun === 1) await world.changeDirectory(change);
    };
    const outcome = await world.act('approval', submitted, 'principalTwo', 'signatures', shown, { beforeSeal });
    return { outcome, begun, submitted };
  }

  it('has it judged again and sealed under the one that counts now, in the same request', async () => {
    const { outcome, begun, submitted } = await lastSignature(() => ({}));
    expect(outcome).toMatchObject({ state: 'released' });
    expect(begun).toBe(2);
    const { bundle } = (await world.state('approval', submitted))!;
    expect(await verdictOf(bundle ?? undefined)).toMatchObject({ ok: true });
    const [newest] = await database.sql<{ digest: string }>(
      'SELECT digest FROM approval.directory_copy ORDER BY version DESC LIMIT 1',
    );
    const sealed = JSON.parse(Buffer.from(await getContent(world.legs.approval, bundle!)).toString('utf8')) as {
      directory: unknown;
    };
    expect(nodeCrypto.sha256(canonicalBytes(sealed.directory))).toBe(newest!.digest);
  });

  it('refuses whoever is in it no more, and seals nothing', async () => {
    const since = instant(new Date(Date.now() - 60_000));
    const { outcome, submitted } = await lastSignature((document) => ({
      grants: document.grants.map((grant) =>
        grant.person === PEOPLE.principalTwo ? { ...grant, until: since } : grant,
      ),
    }));
    // He held no other office here: there is nothing left of the case for him.
    expect(outcome).toMatchObject({ refused: 'not_found' });
    expect(await world.state('approval', submitted)).toMatchObject({ state: 'in-review', bundle: null });
    await world.changeDirectory(({ grants }) => ({ grants: [...grants, again('principalTwo', 'principal')] }));
  });
});
