import { useQuery } from '@tanstack/react-query';
import { Progress } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router-dom';
import type { ImportMistake, ImportRow } from '@/api/console-types';
import { ask } from '@/shared/api/client';
import { staffApi, useChange } from '@/shared/console/client';
import { Confirm } from '@/shared/console/confirm';
import { DataTable } from '@/shared/console/data-table';
import { useNumber, When } from '@/shared/console/figures';
import { kConsoleKey } from '@/shared/console/session';
import { StateTag } from '@/shared/console/state-tag';
import { useServerText } from '@/shared/i18n/texts';
import { Button, ButtonLink } from '@/shared/ui/button';
import { Loaded, usePageTitle } from '@/shared/ui/page';
import { Problem } from '@/shared/ui/problem';
import { DropFiles } from './drop-files';
import { useImportTexts } from './texts';

const kWorkingMs = 500;
const kWorking = ['checking', 'running'];

export default function ImportPage() {
    const id = Number(useParams().import);
    const query = useQuery({
        queryKey: [kConsoleKey, 'import', id],
        queryFn: () =>
            ask(staffApi.GET('/api/v1/imports/{import}', { params: { path: { import: id } } })),
        refetchInterval: ({ state }) =>
            state.data && kWorking.includes(state.data.state) ? kWorkingMs : false,
    });
    return <Loaded query={query}>{(data) => <Import data={data} />}</Loaded>;
}

function Import({ data }: { data: ImportRow }) {
    const t = useImportTexts();
    const text = useServerText();
    const number = useNumber();
    usePageTitle(t('import', { id: data.import }));
    const counts = { sessions: number(data.sessions), codes: number(data.codes) };
    const start = useChange<void>({
        run: () =>
            ask(
                staffApi.POST('/api/v1/imports/{import}/start', {
                    params: { path: { import: data.import } },
                }),
            ),
        done: () => t('started', { id: data.import }),
    });
    const startable = data.state === 'ready' || data.state === 'failed';
    return (
        <div className="stack">
            <div>
                <div className="head-line">
                    <h1>{t('import', { id: data.import })}</h1>
                    <StateTag state={data.state} />
                </div>
                <p className="muted">
                    <When time={data.created_at} />
                </p>
            </div>
            <div role="status" className="stack">
                {kWorking.includes(data.state) && <Working data={data} />}
                {data.state === 'ready' && <p className="note good">{t('ready', counts)}</p>}
                {data.state === 'done' && (
                    <p className="note good">
                        {data.outcome === 'unchanged'
                            ? t('done_unchanged')
                            : t('done_accepted', counts)}
                    </p>
                )}
                {data.state === 'failed' && (
                    <p className="note bad">
                        {text(data.trouble)} {t('failed')}
                    </p>
                )}
            </div>
            {start.error && <Problem error={start.error} />}
            <div className="row">
                {startable && (
                    <Button busy={start.isPending} onClick={() => start.mutate()}>
                        {t('start')}
                    </Button>
                )}
                {data.state === 'done' && (
                    <ButtonLink to="/console/sessions">{t('see_sessions')}</ButtonLink>
                )}
                <ButtonLink look="plain" to="/console/imports">
                    {t('back')}
                </ButtonLink>
                {!kWorking.includes(data.state) && <Remove id={data.import} />}
            </div>
            {data.state === 'faulty' && <Mistakes mistakes={data.mistakes} />}
            {(data.state === 'faulty' || data.state === 'uploading') && (
                <DropFiles into={data.import} onChecked={() => undefined} />
            )}
            <Files files={data.files ?? []} />
        </div>
    );
}

function Working({ data }: { data: ImportRow }) {
    const t = useImportTexts();
    const number = useNumber();
    const percent = data.total > 0 ? Math.floor((100 * data.done) / data.total) : 0;
    return (
        <div>
            <p>
                {data.state === 'checking' ? t('checking') : t('running')}{' '}
                {data.total > 0 && `${number(data.done)} / ${number(data.total)}`}
            </p>
            <Progress aria-label={t('progress')} percent={percent} status="active" />
        </div>
    );
}

function Mistakes({ mistakes }: { mistakes: ImportMistake[] }) {
    const t = useImportTexts();
    const text = useServerText();
    return (
        <section className="stack" aria-labelledby="mistakes">
            <h2 id="mistakes">{t('mistakes')}</h2>
            <p className="note warn">{t('mistakes_text')}</p>
            <DataTable<ImportMistake>
                caption={t('mistakes')}
                rows={mistakes}
                rowKey={(one, index) => `${index} ${one.file}`}
                columns={[
                    { title: t('file'), cell: (one) => one.file || t('whole') },
                    { title: t('line'), cell: (one) => one.line || '–', numeric: true },
                    { title: t('column'), cell: (one) => one.column || '–', numeric: true },
                    { title: t('message'), cell: (one) => text(one.message) },
                    { title: t('remedy'), cell: (one) => text(one.remedy) },
                ]}
            />
        </section>
    );
}

function Files({ files }: { files: { name: string; bytes: number }[] }) {
    const t = useImportTexts();
    const number = useNumber();
    if (files.length === 0) return null;
    return (
        <section className="stack" aria-labelledby="files">
            <h2 id="files">{t('files')}</h2>
            <DataTable
                caption={t('files')}
                rows={files}
                rowKey={(one) => one.name}
                columns={[
                    { title: t('file'), cell: (one) => one.name },
                    {
                        title: t('size'),
                        cell: (one) => `${number(Math.ceil(one.bytes / 1024))} KiB`,
                        numeric: true,
                    },
                ]}
            />
        </section>
    );
}

function Remove({ id }: { id: number }) {
    const t = useImportTexts();
    const navigate = useNavigate();
    const [asked, setAsked] = useState(false);
    const remove = useChange<void>({
        run: () =>
            ask(staffApi.DELETE('/api/v1/imports/{import}', { params: { path: { import: id } } })),
        done: () => t('removed', { id }),
        then: () => navigate('/console/imports'),
    });
    return (
        <>
            <Button look="danger" onClick={() => setAsked(true)}>
                {t('remove')}
            </Button>
            <Confirm
                title={t('remove')}
                open={asked}
                text={t('remove_text')}
                action={t('remove')}
                busy={remove.isPending}
                error={remove.error}
                onConfirm={() => remove.mutate()}
                onClose={() => setAsked(false)}
            />
        </>
    );
}
