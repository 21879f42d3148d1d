import { act, renderHook } from '@testing-library/react';

import { readDraft, useDraft, writeDraft } from './drafts';

describe('drafts', () => {
  beforeEach(() => window.localStorage.clear());

  it('outlive the component that typed them', () => {
    const first = renderHook(() => useDraft('message:r1'));
    act(() => first.result.current[1]('Half a sen'));
    expect(first.result.current[0]).toBe('Half a sen');
    first.unmount();
    expect(renderHook(() => useDraft('message:r1')).result.current[0]).toBe(
      'Half a sen'
    );
  });

  it('belong to one repository each', () => {
    writeDraft('message:r1', 'one');
    const hook = renderHook(({ key }) => useDraft(key), {
      initialProps: { key: 'message:r1' }
    });
    hook.rerender({ key: 'message:r2' });
    expect(hook.result.current[0]).toBe('');
    expect(readDraft('message:r1')).toBe('one');
  });

  it('follow a command that clears them, and another tab that types', () => {
    writeDraft('k', 'text');
    const { result } = renderHook(() => useDraft('k'));
    act(() => writeDraft('k', ''));
    expect(result.current[0]).toBe('');
    act(() => {
      window.dispatchEvent(
        new StorageEvent('storage', {
          key: 'jupyterlab-gitlab-workflow:draft:k',
          newValue: 'from there'
        })
      );
    });
    expect(result.current[0]).toBe('from there');
  });

  it('do without storage', () => {
    const set = jest
      .spyOn(Storage.prototype, 'setItem')
      .mockImplementation(() => {
        throw new DOMException('full', 'QuotaExceededError');
      });
    const { result } = renderHook(() => useDraft('k'));
    act(() => result.current[1]('kept in the page'));
    expect(result.current[0]).toBe('kept in the page');
    set.mockRestore();
  });
});
