// Faults that the bank plays towards merchants, for tests of theirs. Nothing here belongs into a
// bank that serves real customers, and the page says so.
import { useQuery } from '@tanstack/react-query';
import { Form } from 'antd';
import { EditForm } from '@/shared/console/edit-form';
import { NumberField } from '@/shared/console/fields';
import { Button } from '@/shared/ui/button';
import { Loaded } from '@/shared/ui/page';
import { Problem } from '@/shared/ui/problem';
import type { Faults } from '~/api/types';
import { useChange } from '~/shared/change';
import { ask } from '~/shared/client';
import { PageHead } from '~/shared/page';
import { anyFault, kFaultGroups, kNoFaults, kSwitches, mostOf } from './faults';
import { useFaultTexts } from './texts';
import { Toggle } from './toggle';

export default function FaultsPage() {
    const t = useFaultTexts();
    const query = useQuery({
        queryKey: ['teller', 'faults'],
        queryFn: () => ask<Faults>('teller', 'GET', '/api/v1/teller/faults'),
        // Somebody else's change must not come into a form that is being filled in.
        refetchOnWindowFocus: false,
    });
    return (
        <>
            <PageHead title={t('faults')} />
            <div className="stack">
                <div className="note warn stack tight">
                    <p className="strong">{t('for_tests')}</p>
                    <p>{t('for_tests_text')}</p>
                </div>
                <Loaded query={query}>
                    {(faults) => <Settings key={JSON.stringify(faults)} faults={faults} />}
                </Loaded>
            </div>
        </>
    );
}

function Settings({ faults }: { faults: Faults }) {
    const t = useFaultTexts();
    const [form] = Form.useForm<Faults>();
    const save = useChange<Faults, Faults>({
        who: 'teller',
        run: (body) => ask('teller', 'PUT', '/api/v1/teller/faults', { body }),
        done: () => t('saved'),
    });
    const clear = useChange<void, Faults>({
        who: 'teller',
        run: () =>
            ask('teller', 'PUT', '/api/v1/teller/faults', {
                body: { ...kNoFaults, seed: faults.seed },
            }),
        done: () => t('cleared'),
    });
    const playing = anyFault(faults);
    return (
        <div className="stack">
            <div className="row" role="status">
                <span className={playing ? 'tag bad' : 'tag good'}>
                    {playing ? t('playing') : t('none')}
                </span>
                {playing && (
                    <Button look="danger" busy={clear.isPending} onClick={() => clear.mutate()}>
                        {t('clear')}
                    </Button>
                )}
            </div>
            {clear.error && <Problem error={clear.error} />}
            <EditForm<Faults>
                form={form}
                initial={faults}
                error={save.error}
                busy={save.isPending}
                submit={t('save')}
                danger
                onSubmit={(values) => save.mutate({ ...faults, ...values })}
            >
                <fieldset className="form-part">
                    <legend>{t('group_all')}</legend>
                    {kSwitches.map((name) => (
                        <Form.Item
                            key={name}
                            name={name}
                            label={t(name)}
                            valuePropName="checked"
                            required
                        >
                            <Toggle />
                        </Form.Item>
                    ))}
                    <NumberField name="seed" label={t('seed')} hint={t('seed_hint')} required />
                </fieldset>
                {kFaultGroups.map(([group, names]) => (
                    <fieldset key={group} className="form-part">
                        <legend>{t(`group_${group}`)}</legend>
                        <div className="columns">
                            {names.map((name) => (
                                <NumberField
                                    key={name}
                                    name={name}
                                    label={t(name)}
                                    required
                                    max={mostOf(name)}
                                />
                            ))}
                        </div>
                    </fieldset>
                ))}
            </EditForm>
        </div>
    );
}
