import { z } from 'zod';
import { Colleagues, Deputy, MyDeputies } from '#contracts/http/deputies.api';
import {
  DirectoryView,
  HandOverPreview,
  PasswordHalves,
  Proposal,
  ProposalOutcome,
  Proposals,
} from '#contracts/http/directory.api';
import type { ApiClient } from './api-client.js';
import { CommandFailure, EXIT } from './exit-code.js';

export type ProposalLine = z.infer<typeof Proposal>;
export type Outcome = z.infer<typeof ProposalOutcome>;
export type Preview = z.infer<typeof HandOverPreview>;
export type DirectoryOfAll = z.infer<typeof DirectoryView>;
export type DeputyOfOne = z.infer<typeof Deputy>;

const proposalPath = (id: string, act = ''): string => `/directory/proposals/${encodeURIComponent(id)}${act}`;

/** The newest directory, for administrators. */
export async function readDirectoryView(client: ApiClient): Promise<DirectoryOfAll> {
  return client.get('/directory', DirectoryView);
}

export async function listProposals(client: ApiClient): Promise<readonly ProposalLine[]> {
  return (await client.get('/directory/proposals', Proposals)).items;
}

export async function readProposal(client: ApiClient, id: string): Promise<ProposalLine> {
  return client.get(proposalPath(id), Proposal);
}

/** Proposes a change, with the password entered anew. */
export async function proposeChange(client: ApiClient, change: object): Promise<Outcome> {
  await client.stepUp();
  return client.command('/directory/proposals', change, ProposalOutcome);
}

/** Signs exactly the proposal that was shown, with the password entered anew. */
export async function signProposal(client: ApiClient, { proposal, content }: ProposalLine): Promise<Outcome> {
  await client.stepUp();
  return client.command(proposalPath(proposal, '/signatures'), { content }, ProposalOutcome);
}

export async function rejectProposal(client: ApiClient, id: string, reason: string): Promise<Outcome> {
  await client.stepUp();
  return client.command(proposalPath(id, '/rejection'), { reason }, ProposalOutcome);
}

export async function withdrawProposal(client: ApiClient, id: string): Promise<Outcome> {
  await client.stepUp();
  return client.command(proposalPath(id, '/withdrawal'), {}, ProposalOutcome);
}

export async function previewHandOver(client: ApiClient, login: string, at: string): Promise<Preview> {
  const query = new URLSearchParams({ login, at }).toString();
  return client.get(`/directory/hand-overs?${query}`, HandOverPreview);
}

/** Proposes a whole hand-over, with the password entered anew. */
export async function proposeHandOver(client: ApiClient, handOver: object): Promise<Outcome> {
  await client.stepUp();
  return client.command('/directory/hand-overs', handOver, ProposalOutcome);
}

/** The halves of one-time passwords this administrator hands over, with the password entered anew. */
export async function readPasswordHalves(client: ApiClient): Promise<z.infer<typeof PasswordHalves>['items']> {
  await client.stepUp();
  return (await client.get('/directory/password-halves', PasswordHalves)).items;
}

export async function listDeputies(client: ApiClient): Promise<z.infer<typeof MyDeputies>> {
  return client.get('/deputies', MyDeputies);
}

/** Entrusts an office to a colleague, named by his login. CommandFailure `no_such_colleague`. */
export async function grantDeputy(
  client: ApiClient,
  {
    to,
    ...wish
  }: {
    readonly to: string;
    readonly role: string;
    readonly organ: string;
    readonly from: string;
    readonly until: string;
  },
): Promise<DeputyOfOne> {
  const { items } = await client.get(`/deputies/colleagues?organ=${encodeURIComponent(wish.organ)}`, Colleagues);
  const agent = items.find(({ login }) => login === to);
  if (agent === undefined) {
    const zh = `${wish.organ} 没有登录名为 ${to} 的同事可以代理，或您在该机关没有职务。`;
    const en = `Nobody called ${to} is in office at ${wish.organ}, or you are not.`;
    throw new CommandFailure(EXIT.finding, 'no_such_colleague', { zh, en }, { to, organ: wish.organ });
  }
  await client.stepUp();
  return client.command('/deputies', { agent: agent.person, ...wish }, Deputy);
}

const Revoked = z.object({ deputy: z.uuid(), revokedAt: z.string() });

export async function revokeDeputy(client: ApiClient, deputy: string): Promise<z.infer<typeof Revoked>> {
  await client.stepUp();
  return client.command(`/deputies/${encodeURIComponent(deputy)}/revocation`, {}, Revoked);
}
