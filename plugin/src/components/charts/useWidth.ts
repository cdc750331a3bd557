/** The width of an element, as it changes. In: nothing. Out: a ref for the element, and its width in px; 0 until known. */
import { useCallback, useRef, useState } from 'react';

export function useWidth(): [(element: HTMLElement | null) => void, number] {
  const [width, setWidth] = useState(0);
  const observer = useRef<ResizeObserver | null>(null);
  const box = useCallback((element: HTMLElement | null) => {
    observer.current?.disconnect();
    if (element) {
      observer.current = new ResizeObserver(() => setWidth(element.clientWidth));
      observer.current.observe(element);
      setWidth(element.clientWidth);
    }
  }, []);
  return [box, width];
}
