// The page of a session, with what the features of money say of it.
import { SessionFigures } from '@/features/console-refunds/session-figures';
import { SessionTerms } from '@/features/console-refunds/session-terms';
import { SessionPage } from '@/features/console-sessions/detail';

export default function Session() {
    return (
        <SessionPage
            money={(session) => (
                <>
                    <SessionTerms session={session} />
                    <SessionFigures session={session.id} />
                </>
            )}
        />
    );
}
