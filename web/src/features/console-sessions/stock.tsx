// Stock pool by pool, and its two changes. Each carries an id of the operator's that stays the same
// while the form is open, so a repetition after a lost answer counts once.
import { Form } from 'antd';
import { useRef, useState } from 'react';
import type { Pool, SessionDetail } from '@/api/console-types';
import { ask } from '@/shared/api/client';
import { staffApi, useChange } from '@/shared/console/client';
import { EditDrawer } from '@/shared/console/edit-drawer';
import { EditForm } from '@/shared/console/edit-form';
import { StockBar } from '@/shared/console/figures';
import { NumberField } from '@/shared/console/fields';
import { freshId } from '@/shared/console/ids';
import { Button } from '@/shared/ui/button';
import { readCodes, sendCodes } from './codes';
import { CodesField } from './codes-field';
import { useSessionTexts } from './texts';

type Action = { pool: Pool; kind: 'add' | 'withdraw' };

export function StockPart({ session }: { session: SessionDetail }) {
    const t = useSessionTexts();
    const [action, setAction] = useState<Action | null>(null);
    const close = () => setAction(null);
    return (
        <section className="card stack" aria-labelledby="stock">
            <h2 id="stock">{t('stock')}</h2>
            {session.pools.map((pool) => (
                <div key={pool.pool} className="stack tight">
                    <div className="row apart">
                        <h3>
                            {t('pool', { id: pool.pool })}{' '}
                            <span className="tag">
                                {pool.kind === 'codes' ? t('kind_codes') : t('kind_count')}
                            </span>
                        </h3>
                        {session.state !== 'cancelled' && (
                            <div className="row">
                                <Button
                                    look="plain"
                                    aria-label={t('add_stock_to', { id: pool.pool })}
                                    onClick={() => setAction({ pool, kind: 'add' })}
                                >
                                    {t('add_stock')}
                                </Button>
                                <Button
                                    look="plain"
                                    aria-label={t('withdraw_from', { id: pool.pool })}
                                    onClick={() => setAction({ pool, kind: 'withdraw' })}
                                >
                                    {t('withdraw')}
                                </Button>
                            </div>
                        )}
                    </div>
                    <StockBar pool={pool} />
                </div>
            ))}
            <EditDrawer
                title={
                    action === null
                        ? ''
                        : action.kind === 'add'
                          ? t('add_stock_to', { id: action.pool.pool })
                          : t('withdraw_from', { id: action.pool.pool })
                }
                open={action !== null}
                onClose={close}
            >
                {action?.kind === 'add' && (
                    <Addition session={session.id} pool={action.pool} onClose={close} />
                )}
                {action?.kind === 'withdraw' && (
                    <Withdrawal session={session.id} pool={action.pool} onClose={close} />
                )}
            </EditDrawer>
        </section>
    );
}

interface Part {
    session: number;
    pool: Pool;
    onClose: () => void;
}

function Addition({ session, pool, onClose }: Part) {
    const t = useSessionTexts();
    const id = useRef(freshId());
    const [sent, setSent] = useState<number | null>(null);
    const [form] = Form.useForm<{ count?: number; codes?: string }>();
    const path = { session, pool: pool.pool };
    const save = useChange({
        run: async (values: { count?: number; codes?: string }) => {
            const count = values.count ?? 0;
            if (pool.kind !== 'codes') {
                await ask(
                    staffApi.POST('/api/v1/sessions/{session}/pools/{pool}/additions', {
                        params: { path },
                        body: { addition: id.current, count },
                    }),
                );
                return count;
            }
            const { codes } = readCodes(values.codes ?? '');
            await sendCodes(id.current, codes, setSent);
            await ask(
                staffApi.POST('/api/v1/sessions/{session}/pools/{pool}/additions', {
                    params: { path },
                    body: { list: id.current },
                }),
            );
            return codes.length;
        },
        done: (count) => t('stock_added', { id: pool.pool, count }),
        then: onClose,
    });
    return (
        <EditForm
            form={form}
            error={save.error}
            busy={save.isPending}
            submit={t('add_stock')}
            // Other codes are another list: a list that was begun keeps what it has.
            onChange={() => {
                id.current = freshId();
            }}
            onSubmit={(values) => save.mutate(values)}
            onCancel={onClose}
        >
            {pool.kind === 'codes' ? (
                <CodesField name="codes" />
            ) : (
                <NumberField name="count" label={t('quantity')} required min={1} />
            )}
            <p role="status" className="muted">
                {save.isPending && sent !== null && t('codes_sent', { done: sent, total: '…' })}
            </p>
        </EditForm>
    );
}

function Withdrawal({ session, pool, onClose }: Part) {
    const t = useSessionTexts();
    const [form] = Form.useForm<{ count: number; withdrawal: number }>();
    const id = useRef(freshId());
    const save = useChange({
        run: (values: { count: number; withdrawal: number }) =>
            ask(
                staffApi.POST('/api/v1/sessions/{session}/pools/{pool}/withdrawals', {
                    params: { path: { session, pool: pool.pool } },
                    body: values,
                }),
            ),
        done: (_, { count }) => t('stock_withdrawn', { id: pool.pool, count }),
        then: onClose,
    });
    return (
        <EditForm
            form={form}
            initial={{ withdrawal: id.current }}
            error={save.error}
            busy={save.isPending}
            submit={t('withdraw')}
            danger
            onSubmit={(values) => save.mutate(values)}
            onCancel={onClose}
        >
            <p className="note warn">{t('withdraw_text')}</p>
            <NumberField name="count" label={t('quantity')} required min={1} max={pool.capacity} />
            <NumberField
                name="withdrawal"
                label={t('withdrawal_id')}
                hint={t('withdrawal_hint')}
                required
                min={1}
                max={Number.MAX_SAFE_INTEGER}
            />
        </EditForm>
    );
}
