// Why somebody was refused, or what became of an order, for those who are asked by buyers.
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '@/shared/api/client';
import { staffApi } from '@/shared/console/client';
import { Explained } from '@/shared/explanations/explained';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { PageHead } from '@/shared/ui/page';
import { Problem } from '@/shared/ui/problem';
import { useExplainTexts } from './texts';

function questionOf(subject: string, person: string) {
    if (/^\d{1,16}$/.test(subject)) return { order: Number(subject) };
    return { receipt: subject, ...(/^\d{1,16}$/.test(person) && { person: Number(person) }) };
}

export default function ExplainPage() {
    const t = useExplainTexts();
    const [subject, setSubject] = useState('');
    const [person, setPerson] = useState('');
    const [problem, setProblem] = useState<string>();
    const explain = useMutation({
        mutationFn: () =>
            ask(
                staffApi.POST('/api/v1/staff/explanations', {
                    body: questionOf(subject.trim(), person.trim()),
                }),
            ),
    });
    return (
        <div className="stack loose">
            <PageHead title={t('title')}>
                <p className="muted">{t('text')}</p>
            </PageHead>
            <form
                className="card stack"
                noValidate
                onSubmit={(event) => {
                    event.preventDefault();
                    const empty = subject.trim() === '';
                    setProblem(empty ? t('missing') : undefined);
                    if (!empty) explain.mutate();
                }}
            >
                <Field
                    label={t('subject')}
                    problem={problem}
                    value={subject}
                    maxLength={120}
                    spellCheck={false}
                    autoComplete="off"
                    onChange={(event) => setSubject(event.target.value)}
                />
                <Field
                    label={t('person')}
                    value={person}
                    maxLength={16}
                    inputMode="numeric"
                    autoComplete="off"
                    onChange={(event) => setPerson(event.target.value)}
                />
                <div className="row">
                    <Button type="submit" busy={explain.isPending}>
                        {t('explain')}
                    </Button>
                </div>
            </form>
            {explain.error && <Problem error={explain.error} />}
            {explain.data && !explain.isPending && <Explained explanation={explain.data} />}
        </div>
    );
}
