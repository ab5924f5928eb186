// Short names for the shapes of the server's own document (schema.d.ts), where pages pass them on.
import type { operations } from './schema';

type Answers<Name extends keyof operations> = operations[Name]['responses'];
// The JSON of the good answer, and of what is sent.
export type Answer<Name extends keyof operations> =
    Answers<Name> extends { 200: { content: { 'application/json': infer Body } } }
        ? Body
        : Answers<Name> extends { 201: { content: { 'application/json': infer Body } } }
          ? Body
          : never;
export type Sent<Name extends keyof operations> = operations[Name] extends {
    requestBody: { content: { 'application/json': infer Body } };
}
    ? Body
    : never;

export type Site = Answer<'getSite'>;
export type Home = Answer<'getHome'>;
export type Banner = Home['banners'][number];
export type Campaign = Home['current'][number];
export type Tier = Campaign['tiers'][number];
export type Text = Campaign['name'];
export type Money = Tier['price'];
export type Show = Answer<'listShows'>['shows'][number];
export type ShowSession = Answer<'getShow'>['sessions'][number];
export type Order = Answer<'listOrders'>['orders'][number];
export type Ticket = Answer<'listTickets'>['tickets'][number];
export type TicketCheck = Answer<'checkTicket'>;
export type Login = Answer<'login'>;
export type LoginEntry = Answer<'listLogins'>['logins'][number];
export type Registration = Sent<'registerPerson'>;
export type Me = Answer<'getMe'>;
export type Explanation = Answer<'explain'>;
export type CodePurpose = 'register' | 'change' | 'reset';
export interface CodeTarget {
    mobile?: string;
    email?: string;
}
