import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An organ 机关. */
@Entity({ name: 'organ' })
export class OrganRow {
  @PrimaryColumn('text') code: string;
  @Column('text') name: string;
  @Column('text') level: string;
  @Column('text', { nullable: true }) parent: string | null;
}

/** A person. The name is kept here and nowhere else in the system. */
@Entity({ name: 'person' })
// Serves "when do offices change hands next", as the two of grant_period.
@Index('person_leaves', ['leavesAt'])
export class PersonRow {
  @PrimaryColumn('uuid') id: string;
  @Column('text') name: string;
  @Column('boolean', { default: true }) active: boolean;
  @Column('boolean', { default: false }) administrator: boolean;
  /** 离职: from then on the account opens nothing. */
  @Column('timestamptz', { name: 'leaves_at', nullable: true }) leavesAt: Date | null;
}

/**
 * An office held from `since` until before `until`, as the newest directory says. The view `role_grant` (person, role,
 * organ) is the offices held now: what the inbox and the lists go by. The signed directory is what signatures go by.
 */
@Entity({ name: 'grant_period' })
@Index('grant_period_office', ['role', 'organ'])
@Index('grant_period_since', ['since'])
@Index('grant_period_until', ['until'])
export class GrantPeriodRow {
  @PrimaryColumn('uuid') person: string;
  @PrimaryColumn('text') role: string;
  @PrimaryColumn('text') organ: string;
  @PrimaryColumn('timestamptz', { default: () => 'now()' }) since: Date;
  @Column('timestamptz', { nullable: true }) until: Date | null;
}

/** A route cases of the organ go along, or went along when they began; its offices may read the organ's cases. */
@Entity({ name: 'organ_route' })
@Index('organ_route_route', ['route'])
export class OrganRouteRow {
  @PrimaryColumn('text') organ: string;
  @PrimaryColumn('text') route: string;
}

/** An office some stage of a route names; its holders may read the cases the route applies to. `organ` may be "self". */
@Entity({ name: 'route_slot' })
export class RouteSlotRow {
  @PrimaryColumn('text') route: string;
  @PrimaryColumn('text') role: string;
  @PrimaryColumn('text') organ: string;
}

/** A directory both administrators signed; `digest` names its envelope in the content store. */
@Entity({ name: 'directory_version' })
export class DirectoryVersionRow {
  @PrimaryColumn('integer') version: number;
  @Column('text') digest: string;
  @Column('timestamptz', { default: () => 'now()' }) at: Date;
}
