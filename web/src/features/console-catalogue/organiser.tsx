import { Form } from 'antd';
import { useRef } from 'react';
import { useNavigate, useParams } from 'react-router-dom';
import type { Organiser } from '@/api/console-types';
import { ask } from '@/shared/api/client';
import { staffApi, useChange } from '@/shared/console/client';
import { EditForm } from '@/shared/console/edit-form';
import { TextPair } from '@/shared/console/fields';
import { freshId } from '@/shared/console/ids';
import { useOrganisers } from '@/shared/console/organisers';
import { PictureField } from '@/shared/console/picture-field';
import { useConsoleTexts } from '@/shared/console/texts';
import { pictureName, textValue } from '@/shared/console/values';
import { useServerText } from '@/shared/i18n/texts';
import { Empty } from '@/shared/ui/empty';
import { Loaded, PageHead } from '@/shared/ui/page';
import { useCatalogueTexts } from './texts';

type Values = Pick<Organiser, 'name' | 'description'> & { picture?: string };

export default function OrganiserPage() {
    const t = useCatalogueTexts();
    const { organiser } = useParams();
    const query = useOrganisers();
    if (organiser === undefined)
        return (
            <>
                <PageHead title={t('new_organiser')} />
                <OrganiserForm />
            </>
        );
    return (
        <>
            <PageHead title={t('edit_organiser')} />
            <Loaded query={query}>
                {({ organisers }) => {
                    const known = organisers.find((one) => one.id === Number(organiser));
                    return known ? (
                        <OrganiserForm known={known} />
                    ) : (
                        <Empty text={t('no_organisers')} />
                    );
                }}
            </Loaded>
        </>
    );
}

function OrganiserForm({ known }: { known?: Organiser }) {
    const t = useCatalogueTexts();
    const console = useConsoleTexts();
    const text = useServerText();
    const navigate = useNavigate();
    const [form] = Form.useForm<Values>();
    const fresh = useRef(freshId());
    const save = useChange({
        run: (values: Values) =>
            ask(
                staffApi.PUT('/api/v1/organisers/{organiser}', {
                    params: { path: { organiser: known?.id ?? fresh.current } },
                    body: {
                        name: textValue(values.name),
                        description: textValue(values.description),
                        picture: values.picture ?? '',
                    },
                }),
            ),
        done: (_, values) => t('saved', { name: text(values.name) }),
        then: () => navigate('/console/organisers'),
    });
    return (
        <div className="card">
            <EditForm
                form={form}
                initial={known && { ...known, picture: pictureName(known.picture) }}
                error={save.error}
                busy={save.isPending}
                submit={console('save')}
                onSubmit={(values) => save.mutate(values)}
                onCancel={() => navigate('/console/organisers')}
            >
                <TextPair name="name" label={t('name')} required />
                <TextPair name="description" label={t('description')} lines={3} max={2500} />
                <Form.Item name="picture" noStyle>
                    <PictureField label={t('picture')} />
                </Form.Item>
            </EditForm>
        </div>
    );
}
