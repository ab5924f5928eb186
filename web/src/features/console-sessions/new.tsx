// A session made step by step, so that an activity needs no file. Nothing is sent before the last
// step except pictures; then lists of codes first, and the session in one piece.
import { useQuery } from '@tanstack/react-query';
import { Form } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { ask } from '@/shared/api/client';
import { ApiError } from '@/shared/api/errors';
import { staffApi, useChange } from '@/shared/console/client';
import { EditForm, fieldPath } from '@/shared/console/edit-form';
import { useOrganisers } from '@/shared/console/organisers';
import { kConsoleKey } from '@/shared/console/session';
import { kTermsDefault, TermsFields } from '@/shared/console/terms-fields';
import { Loaded, PageHead } from '@/shared/ui/page';
import { CampaignFields, kHoldMinutesDefault } from './campaign-fields';
import { sendCodes } from './codes';
import { CheckStep, ShowStep, TimesStep } from './new-steps';
import { TiersStep } from './new-tiers';
import {
    codeListsOf,
    freshIds,
    kSteps,
    placeOfField,
    requestOf,
    type Ids,
    type Values,
} from './new-values';
import { useSessionTexts } from './texts';

const kLast = kSteps.length - 1;

export default function NewSessionPage() {
    const t = useSessionTexts();
    const [search] = useSearchParams();
    const show = Number(search.get('show')) || undefined;
    const query = useQuery({
        queryKey: [kConsoleKey, 'show', show ?? 0],
        queryFn: () =>
            show === undefined
                ? Promise.resolve(null)
                : ask(staffApi.GET('/api/v1/shows/{show}', { params: { path: { show } } })),
    });
    return (
        <>
            <PageHead title={t('new_session')} />
            <Loaded query={query}>
                {(known) => (
                    <Guide
                        initial={{
                            organiser: known?.organiser.id,
                            origin: known ? 'existing' : 'new',
                            existing: known?.id,
                        }}
                    />
                )}
            </Loaded>
        </>
    );
}

function useCreate(ids: Ids, told: (sent: number) => void) {
    const t = useSessionTexts();
    const navigate = useNavigate();
    const { data: organisers } = useOrganisers();
    return useChange({
        run: async (values: Values) => {
            const organiser = organisers?.organisers.find((one) => one.id === values.organiser);
            const existing = values.existing;
            const show =
                values.origin === 'existing' && existing !== undefined
                    ? await ask(
                          staffApi.GET('/api/v1/shows/{show}', {
                              params: { path: { show: existing } },
                          }),
                      )
                    : undefined;
            for (const { list, codes } of codeListsOf(values, ids))
                await sendCodes(list, codes, told);
            return ask(
                staffApi.POST('/api/v1/sessions', {
                    body: requestOf(values, ids, {
                        organiser: organiser ?? { id: values.organiser, name: { zh: '', en: '' } },
                        show,
                    }),
                }),
            );
        },
        done: ({ session }) => t('created', { id: session }),
        then: ({ session }) => navigate(`/console/sessions/${session}`),
    });
}

function Guide({ initial }: { initial: Partial<Values> }) {
    const t = useSessionTexts();
    const [form] = Form.useForm<Values>();
    const [step, setStep] = useState(0);
    const [sent, setSent] = useState(0);
    const ids = useRef(freshIds());
    const heading = useRef<HTMLHeadingElement>(null);
    const create = useCreate(ids.current, setSent);
    const refusal = create.error instanceof ApiError ? create.error : null;
    const place = refusal?.field ? placeOfField(fieldPath(refusal.field)) : null;
    const placed = place !== null && place.step < kLast;
    const refused = useRef<unknown>(null);
    useEffect(() => {
        if (!refusal || !place || !placed || refused.current === refusal) return;
        if (step !== place.step) return setStep(place.step);
        refused.current = refusal;
        const detail = String(refusal.details.message ?? '');
        form.setFields([
            { name: place.name as never, errors: [`${refusal.message} ${detail}`.trim()] },
        ]);
    }, [refusal, place, placed, step, form]);
    const go = (to: number) => {
        setStep(to);
        heading.current?.focus();
    };
    return (
        <>
            <ol className="steps">
                {kSteps.map((name, index) => (
                    <li key={name} aria-current={index === step ? 'step' : undefined}>
                        {t(`step_${name}`)}
                    </li>
                ))}
            </ol>
            <div className="card">
                <h2 ref={heading} tabIndex={-1} className="step-title">
                    {t(`step_${kSteps[step] ?? 'what'}`)}
                </h2>
                <EditForm
                    form={form}
                    initial={{
                        origin: 'new',
                        currency: 'CNY',
                        tiers: [{ kind: 'count' }],
                        campaigns: [{ hold_minutes: kHoldMinutesDefault, one_per_person: true }],
                        session: kTermsDefault,
                        ...initial,
                    }}
                    error={placed ? null : create.error}
                    busy={create.isPending}
                    submit={step === kLast ? t('create') : t('next')}
                    onSubmit={() => {
                        if (step < kLast) return go(step + 1);
                        create.mutate(form.getFieldsValue(true) as Values);
                    }}
                    onCancel={step === 0 ? undefined : () => go(step - 1)}
                >
                    {step === 0 && <ShowStep />}
                    {step === 1 && <TimesStep />}
                    {step === 2 && (
                        // A list that was begun keeps what it has: other codes go to another one.
                        <TiersStep onCodes={() => (ids.current.lists = freshIds().lists)} />
                    )}
                    {step === 3 && <CampaignFields within={['campaigns', 0]} />}
                    {step === 4 && <TermsFields within={['session']} only_allowed />}
                    {step === kLast && <CheckStep values={form.getFieldsValue(true) as Values} />}
                    <p role="status" className="muted">
                        {create.isPending &&
                            sent > 0 &&
                            t('codes_sent', { done: sent, total: '…' })}
                    </p>
                </EditForm>
            </div>
        </>
    );
}
