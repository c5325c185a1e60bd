import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** How a person signs in. `passwordHash` is an argon2id PHC string. */
@Entity({ name: 'account' })
@Index('account_login', ['login'], { unique: true })
export class AccountRow {
  @PrimaryColumn('uuid') person: string;
  @Column('text') login: string;
  @Column('text', { name: 'password_hash' }) passwordHash: string;
  /** Set while the password is a one-time one: until then it opens the account, and only to set another. */
  @Column('timestamptz', { name: 'one_time_until', nullable: true }) oneTimeUntil: Date | null;
}

/** Failed sign-ins of one source; `source` is a digest, so that a password typed as a name is not kept. */
@Entity({ name: 'sign_in_failure' })
@Index('sign_in_failure_at', ['at'])
export class SignInFailureRow {
  @PrimaryColumn('text') source: string;
  @Column('integer') failures: number;
  @Column('timestamptz', { name: 'blocked_until' }) blockedUntil: Date;
  @Column('timestamptz', { default: () => 'now()' }) at: Date;
}

/** A session. `tokenHash` is the SHA-256 of the token, which only the browser has. */
@Entity({ name: 'session' })
@Index('session_token', ['tokenHash'], { unique: true })
@Index('session_person', ['person', 'createdAt'])
export class SessionRow {
  @PrimaryColumn('uuid') id: string;
  @Column('text', { name: 'token_hash' }) tokenHash: string;
  @Column('uuid') person: string;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt: Date;
  @Column('timestamptz', { name: 'last_seen_at', default: () => 'now()' }) lastSeenAt: Date;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt: Date;
  @Column('timestamptz', { name: 'stepped_up_at', nullable: true }) steppedUpAt: Date | null;
}
