import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An organ 机关. `route` is the digest of the sign-off route that applies to its reports, null when none does. */
@Entity({ name: 'organ' })
export class OrganRow {
  @PrimaryColumn('text') code: string;
  @Column('text') name: string;
  @Column('text') level: string;
  @Column('text', { nullable: true }) parent: string | null;
  @Column('text', { nullable: true }) route: string | null;
}

/** A person. The name is kept here and nowhere else in the system. */
@Entity({ name: 'person' })
export class PersonRow {
  @PrimaryColumn('uuid') id: string;
  @Column('text') name: string;
  @Column('boolean', { default: true }) active: boolean;
  @Column('boolean', { default: false }) administrator: boolean;
}

/** An office held now: what the inbox and the lists go by. The signed directory is what signatures go by. */
@Entity({ name: 'role_grant' })
@Index('role_grant_office', ['role', 'organ'])
export class RoleGrantRow {
  @PrimaryColumn('uuid') person: string;
  @PrimaryColumn('text') role: string;
  @PrimaryColumn('text') organ: string;
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
