// Where to go after the login: a page of the console that was asked for, and nothing else.
export function nextPage(search: URLSearchParams): string {
    const next = search.get('next') ?? '';
    return /^\/console(?:[/?]|$)/.test(next) ? next : '/console';
}
