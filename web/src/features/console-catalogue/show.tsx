import { useQuery } from '@tanstack/react-query';
import { Form } from 'antd';
import { useRef } from 'react';
import { useNavigate, useParams } from 'react-router-dom';
import type { ShowDetail, ShowEdit } from '@/api/console-types';
import { ask } from '@/shared/api/client';
import { staffApi, useChange } from '@/shared/console/client';
import { EditForm } from '@/shared/console/edit-form';
import { TextPair } from '@/shared/console/fields';
import { freshId } from '@/shared/console/ids';
import { OrganiserField } from '@/shared/console/organisers';
import { PictureField } from '@/shared/console/picture-field';
import { kConsoleKey } from '@/shared/console/session';
import { useConsoleTexts } from '@/shared/console/texts';
import { pictureName, textValue } from '@/shared/console/values';
import { useServerText } from '@/shared/i18n/texts';
import { ButtonLink } from '@/shared/ui/button';
import { Loaded, PageHead } from '@/shared/ui/page';
import { useCatalogueTexts } from './texts';

export default function ShowPage() {
    const t = useCatalogueTexts();
    const { show } = useParams();
    return (
        <>
            <PageHead title={show === undefined ? t('new_show') : t('edit_show')} />
            {show === undefined ? <ShowForm /> : <KnownShow show={Number(show)} />}
        </>
    );
}

function KnownShow({ show }: { show: number }) {
    const t = useCatalogueTexts();
    const query = useQuery({
        queryKey: [kConsoleKey, 'show', show],
        queryFn: () => ask(staffApi.GET('/api/v1/shows/{show}', { params: { path: { show } } })),
    });
    return (
        <Loaded query={query}>
            {(known) => (
                <div className="stack">
                    <div className="row">
                        <ButtonLink look="plain" to={`/console/sessions/new?show=${show}`}>
                            {t('new_session')}
                        </ButtonLink>
                        <ButtonLink
                            look="plain"
                            to={`/console/sessions?query=${encodeURIComponent(known.name.zh)}`}
                        >
                            {t('sessions_of')}
                        </ButtonLink>
                        <ButtonLink look="link" to={`/shows/${show}`}>
                            {t('on_site')}
                        </ButtonLink>
                    </div>
                    <ShowForm known={known} />
                </div>
            )}
        </Loaded>
    );
}

function ShowForm({ known }: { known?: ShowDetail }) {
    const t = useCatalogueTexts();
    const console = useConsoleTexts();
    const text = useServerText();
    const navigate = useNavigate();
    const [form] = Form.useForm<ShowEdit>();
    const fresh = useRef(freshId());
    const save = useChange({
        run: (values: ShowEdit) =>
            ask(
                staffApi.PUT('/api/v1/shows/{show}', {
                    params: { path: { show: known?.id ?? fresh.current } },
                    body: {
                        organiser: values.organiser,
                        name: textValue(values.name),
                        description: textValue(values.description),
                        venue: textValue(values.venue),
                        notice: textValue(values.notice),
                        picture: values.picture ?? '',
                    },
                }),
            ),
        done: (_, values) => t('saved', { name: text(values.name) }),
        then: () => navigate('/console/shows'),
    });
    return (
        <div className="card">
            <EditForm
                form={form}
                initial={
                    known && {
                        ...known,
                        organiser: known.organiser.id,
                        picture: pictureName(known.picture),
                    }
                }
                error={save.error}
                busy={save.isPending}
                submit={console('save')}
                onSubmit={(values) => save.mutate(values)}
                onCancel={() => navigate('/console/shows')}
            >
                <OrganiserField disabled={known !== undefined} />
                <TextPair name="name" label={t('name')} required />
                <TextPair name="description" label={t('description')} lines={4} max={2500} />
                <TextPair name="venue" label={t('venue')} max={200} />
                <TextPair
                    name="notice"
                    label={t('notice')}
                    hint={t('notice_hint')}
                    lines={3}
                    max={2500}
                />
                <Form.Item name="picture" noStyle>
                    <PictureField label={t('picture')} />
                </Form.Item>
            </EditForm>
        </div>
    );
}
